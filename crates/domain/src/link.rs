//! Addresses of web pages that people give.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::text::Line;

/// A web address of at most 500 characters that a page may link to: `https://…` or `http://…`, to a
/// named host, without a name and password in front of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebLink(String);

/// The text is no web address that we would link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a link begins with https:// or http://, names a site and has at most 500 characters")]
pub struct InvalidLink;

impl WebLink {
    /// The longest, in characters.
    pub const MAX: usize = 500;

    /// Cleans and takes a link.
    ///
    /// # Errors
    /// [`InvalidLink`].
    pub fn new(raw: &str) -> Result<Self, InvalidLink> {
        let line = Line::<{ Self::MAX }>::new(raw).map_err(|_| InvalidLink)?;
        let text = line.as_str();
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or(InvalidLink)?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // What stands before an @ looks like the site and is not.
        let forbidden = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '\'' | '\\');
        let named = authority.contains('.') && !authority.contains('@');
        if !named || authority.starts_with('.') || text.contains(forbidden) {
            return Err(InvalidLink);
        }
        Ok(Self(text.to_owned()))
    }

    /// The same for a field that may stay empty.
    ///
    /// # Errors
    /// [`InvalidLink`], but never for nothing.
    pub fn optional(raw: &str) -> Result<Option<Self>, InvalidLink> {
        if raw.trim().is_empty() {
            Ok(None)
        } else {
            Self::new(raw).map(Some)
        }
    }

    /// The link.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The site it leads to, to be shown beside it.
    pub fn host(&self) -> &str {
        let rest = self
            .0
            .split_once("://")
            .map_or(self.0.as_str(), |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }
}

impl fmt::Display for WebLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for WebLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl TryFrom<String> for WebLink {
    type Error = InvalidLink;

    fn try_from(raw: String) -> Result<Self, InvalidLink> {
        Self::new(&raw)
    }
}

impl From<WebLink> for String {
    fn from(link: WebLink) -> Self {
        link.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_links_to_a_named_site_are_taken() {
        let link = WebLink::new(" https://shop.example/a?b=c#d ").unwrap();
        assert_eq!(
            (link.as_str(), link.host()),
            ("https://shop.example/a?b=c#d", "shop.example")
        );
        for refused in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//shop.example",
            "https://localhost",
            "https://",
            "https://bank.example@evil.example/",
            "https://shop.example/ a",
            "https://shop.example/\"><script>",
            "https:\\\\shop.example",
        ] {
            assert_eq!(WebLink::new(refused), Err(InvalidLink), "{refused}");
        }
        let long = format!("https://shop.example/{}", "x".repeat(500));
        assert_eq!(WebLink::new(&long), Err(InvalidLink));
        assert_eq!(WebLink::optional("  "), Ok(None));
    }
}
