//! E-mail addresses, in the one form in which they are compared.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

/// A mailbox, in lower case. Two spellings of one address are equal.
///
/// Only ASCII is taken, so that no look-alike letter makes a second address that reads the same; a
/// domain in another script is written in its `xn--` form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// A text that is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an e-mail address such as name@example.com")]
pub struct InvalidEmail;

impl Email {
    /// The longest address that can be delivered to (RFC 5321).
    pub const MAX_LEN: usize = 254;
    /// The longest part before the @.
    const MAX_LOCAL: usize = 64;

    /// Takes what was typed, white space around it aside.
    ///
    /// # Errors
    /// [`InvalidEmail`] when it is not `local@domain` with a dot in the domain.
    pub fn new(typed: &str) -> Result<Self, InvalidEmail> {
        let text = typed.trim().to_ascii_lowercase();
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail)?;
        if text.len() <= Self::MAX_LEN && is_local(local) && is_domain(domain) {
            Ok(Self(text))
        } else {
            Err(InvalidEmail)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the @.
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// Enough to recognise one's own address by, and too little to learn one: `s•••@example.com`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or(("", ""));
        let first: String = local.chars().take(1).collect();
        format!("{first}•••@{domain}")
    }
}

fn is_local(local: &str) -> bool {
    const MARKS: &[u8] = b".!#$%&'*+/=?^_`{|}~-";
    !local.is_empty()
        && local.len() <= Email::MAX_LOCAL
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || MARKS.contains(&byte))
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    // An address literal or a bare number is no domain that people have.
    let top = domain.rsplit('.').next().unwrap_or("");
    domain.contains('.')
        && domain.split('.').all(is_label)
        && !top.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A log never shows a whole address.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Email({})", self.masked())
    }
}

impl FromStr for Email {
    type Err = InvalidEmail;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

impl TryFrom<String> for Email {
    type Error = InvalidEmail;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_is_compared_in_lower_case() {
        let typed = Email::new("  Sara.K+shop@Example.COM ").unwrap();
        assert_eq!(typed.as_str(), "sara.k+shop@example.com");
        assert_eq!(typed, Email::new("sara.k+shop@example.com").unwrap());
    }

    #[test]
    fn what_no_mail_server_takes_is_refused() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long = format!("a@{}.com", "b.".repeat(130));
        for typed in [
            "",
            "a",
            "a@",
            "@b.com",
            "a@b",
            "a b@c.com",
            "a@b..com",
            ".a@b.com",
            "a.@b.com",
            "a..b@c.com",
            "a@-b.com",
            "a@b.com\r\nBcc: x@y.com",
            "a\0@b.com",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "\"a b\"@c.com",
            &long_local,
            &long,
        ] {
            assert_eq!(Email::new(typed), Err(InvalidEmail), "{typed:?}");
        }
    }

    #[test]
    fn look_alike_letters_are_refused() {
        assert_eq!(Email::new("s\u{430}ra@example.com"), Err(InvalidEmail));
        assert_eq!(Email::new("sara@ex\u{430}mple.com"), Err(InvalidEmail));
        assert!(Email::new("sara@xn--exmple-4nf.com").is_ok());
    }

    #[test]
    fn a_log_shows_no_whole_address() {
        let email = Email::new("sara@example.com").unwrap();
        assert_eq!(format!("{email:?}"), "Email(s•••@example.com)");
    }

    proptest! {
        #[test]
        fn a_valid_address_stays_as_it_is(typed in "[a-zA-Z0-9.+_-]{1,70}@[a-zA-Z0-9.-]{1,70}") {
            if let Ok(email) = Email::new(&typed) {
                prop_assert_eq!(Email::new(email.as_str()), Ok(email));
            }
        }
    }
}
