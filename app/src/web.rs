//! What every page shares: the built files and the ports to the rest of the program.

use std::sync::Arc;

use services::Services;
use services::ports::MovableClock;

use crate::assets::Assets;

/// Shared by all requests; made once by the server.
#[derive(Debug)]
pub struct Web {
    /// The browser's files.
    pub assets: Assets,
    /// Whether this is the demonstration, with its `/dev` pages.
    pub demo: bool,
    /// The clock of the demonstration, which people can put forward.
    pub demo_clock: Option<Arc<dyn MovableClock>>,
    /// The address that people type, such as `https://amn.example`, without a slash at its end.
    pub public_url: String,
    /// The mailbox of the people who help.
    pub help_address: String,
    /// How many forms one network may send to this node within a minute.
    pub forms_per_minute: u32,
    /// The use cases.
    pub services: Arc<Services>,
}

impl Web {
    /// Whether people reach this site over TLS.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// 128 unguessable bits in hexadecimal.
    pub fn token(&self) -> String {
        let bytes: [u8; 16] = self.services.random().bytes();
        format!("{:032x}", u128::from_be_bytes(bytes))
    }
}
