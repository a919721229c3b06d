//! The one way to make an HTTP client, so that one library does all cryptography of TLS.
//!
//! reqwest brings `aws-lc` unless it is told otherwise, and mail already uses `ring`. One of them is
//! enough to review, to update and to compile; reqwest then asks the process for it.

use std::sync::Once;

use reqwest::{Client, ClientBuilder};

/// A client with its defaults: certificates of the system, redirects followed.
///
/// # Errors
/// When the certificates of the system cannot be read.
pub fn client() -> Result<Client, reqwest::Error> {
    builder().build()
}

/// A client to be set up further.
#[expect(
    clippy::disallowed_methods,
    reason = "this is where a client gets its cryptography"
)]
pub fn builder() -> ClientBuilder {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // Refused only when the process has one already, which then serves as well.
        drop(rustls::crypto::ring::default_provider().install_default());
    });
    Client::builder()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_needs_no_cryptography_set_up_before() {
        client().expect("the system has certificates");
    }
}
