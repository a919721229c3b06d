//! What the use cases need to know of the configuration. The server reads it once, at start.

/// Settings of the use cases; every area adds a part of its own.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where people reach the site, without a slash at the end: `https://amn.example`.
    pub site_url: String,
}

impl Config {
    /// The defaults of production for a site at `site_url`.
    pub fn new(site_url: impl Into<String>) -> Self {
        Self {
            site_url: site_url.into(),
        }
    }
}
