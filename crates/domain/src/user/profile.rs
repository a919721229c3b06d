//! What others may read about a person.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::id::FileId;
use crate::money::digit_value;
use crate::text::Block;

/// What a person tells about themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// For the other party of a deal, never for the public.
    pub phone: Option<Phone>,
    /// A few words.
    pub bio: Option<Block<500>>,
    /// A page elsewhere.
    pub website: Option<Website>,
    /// A picture, by its file.
    pub avatar: Option<FileId>,
    /// Whether strangers see more than the name.
    pub is_public: bool,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            phone: None,
            bio: None,
            website: None,
            avatar: None,
            is_public: true,
        }
    }
}

/// A telephone number: an optional plus sign and 5 to 15 Latin digits (E.164 at its longest).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// A text that is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a telephone number is 5 to 15 digits, with a plus sign before them if you like")]
pub struct InvalidPhone;

impl Phone {
    /// Takes a number as people write it: digits of any script, spaces, hyphens, brackets.
    ///
    /// # Errors
    /// [`InvalidPhone`].
    pub fn new(typed: &str) -> Result<Self, InvalidPhone> {
        let typed = typed.trim();
        let (plus, rest) = match typed.strip_prefix('+').or_else(|| typed.strip_prefix("00")) {
            Some(rest) => ("+", rest),
            None => ("", typed),
        };
        let digits: String = rest
            .chars()
            .filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.' | '\u{a0}'))
            .map(|c| digit_value(c).and_then(|value| char::from_digit(value, 10)))
            .collect::<Option<_>>()
            .ok_or(InvalidPhone)?;
        if (5..=15).contains(&digits.len()) {
            Ok(Self(format!("{plus}{digits}")))
        } else {
            Err(InvalidPhone)
        }
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A log shows no number.
impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(…)")
    }
}

impl TryFrom<String> for Phone {
    type Error = InvalidPhone;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

/// The address of a page elsewhere: `https` only, so that nothing else ever stands in a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Website(String);

/// A text that is no web address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no web address such as https://example.com")]
pub struct InvalidWebsite;

impl Website {
    /// The longest, in characters.
    pub const MAX: usize = 200;

    /// Takes an address, with or without `https://`.
    ///
    /// # Errors
    /// [`InvalidWebsite`] for another scheme, a user name, a bare host, or what no URL may hold.
    pub fn new(typed: &str) -> Result<Self, InvalidWebsite> {
        let typed = typed.trim();
        let rest = match typed.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("https") => rest,
            Some(_) => return Err(InvalidWebsite),
            None => typed,
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (host, path) = rest.split_at_checked(end).ok_or(InvalidWebsite)?;
        let is_path_byte = |byte: u8| {
            byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'`')
        };
        let url = format!("https://{}{path}", host.to_ascii_lowercase());
        if is_host(host) && path.bytes().all(is_path_byte) && url.len() <= Self::MAX {
            Ok(Self(url))
        } else {
            Err(InvalidWebsite)
        }
    }

    /// The address, with its scheme.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let top = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.split('.').all(is_label)
        && top.bytes().any(|byte| byte.is_ascii_alphabetic())
}

impl TryFrom<String> for Website {
    type Error = InvalidWebsite;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

impl From<Website> for String {
    fn from(website: Website) -> Self {
        website.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_write_them() {
        for (typed, number) in [
            ("+98 (21) 1234-5678", "+982112345678"),
            ("0098 21 12345678", "+982112345678"),
            ("۰۹۱۲۳۴۵۶۷۸۹", "09123456789"),
        ] {
            assert_eq!(Phone::new(typed).unwrap().as_str(), number);
        }
        for typed in ["", "1234", "12345678901234567", "call me", "+1+2+3+4+5"] {
            assert_eq!(Phone::new(typed), Err(InvalidPhone), "{typed}");
        }
    }

    #[test]
    fn only_https_pages_are_linked_to() {
        assert_eq!(
            Website::new("Example.COM/a?b=1").unwrap().as_str(),
            "https://example.com/a?b=1"
        );
        for typed in [
            "javascript:alert(1)",
            "javascript://example.com/%0aalert(1)",
            "http://example.com",
            "data:text/html,x",
            "//example.com",
            "https://user@example.com",
            "https://localhost",
            "https://127.0.0.1",
            "https://example.com/\"><script>",
            "https://exаmple.com",
            "",
        ] {
            assert_eq!(Website::new(typed), Err(InvalidWebsite), "{typed}");
        }
    }
}
