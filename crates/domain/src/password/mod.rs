//! Passwords: how long they are, and that they are none of those everybody tries first.
//!
//! There are no rules of composition: they make passwords worse. What stands in published breaches
//! is refused, plainly or lightly dressed up (`Password2024!`), and so is what the person's own
//! e-mail address gives away.

mod common;

use core::fmt;

use unicode_normalization::UnicodeNormalization;

/// A password as typed. It never prints, and nothing stores it.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Why a password was not taken for a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRejection {
    /// Fewer than [`Password::MIN`] characters.
    #[error("a password has at least {} characters", Password::MIN)]
    TooShort,
    /// More than [`Password::MAX`] characters.
    #[error("a password has at most {} characters", Password::MAX)]
    TooLong,
    /// Known from breaches, or a light change of one that is.
    #[error("this password is among those tried first: choose another")]
    Common,
    /// Mostly the person's own address or name.
    #[error("this password is too close to your address or name: choose another")]
    Personal,
}

impl PasswordRejection {
    /// The stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooShort => "PASSWORD_TOO_SHORT",
            Self::TooLong => "PASSWORD_TOO_LONG",
            Self::Common => "PASSWORD_COMMON",
            Self::Personal => "PASSWORD_PERSONAL",
        }
    }
}

impl Password {
    /// The fewest characters of a new password.
    pub const MIN: usize = 10;
    /// The most; hashing longer ones would only help who wants to keep the server busy.
    pub const MAX: usize = 256;
    /// What has to be left when personal words are taken out.
    const LEFT_MIN: usize = 6;

    /// Takes what was typed. What is too long is cut one character beyond the limit: it can be
    /// neither right nor chosen, and hashing it costs what any other costs.
    pub fn typed(raw: &str) -> Self {
        let cut = Self::MAX.saturating_add(1);
        Self(normal(raw).chars().take(cut).collect())
    }

    /// Judges it as a new password; `personal` are words that others know of this person.
    ///
    /// # Errors
    /// [`PasswordRejection`].
    pub fn choose(self, personal: &[&str]) -> Result<ChosenPassword, PasswordRejection> {
        let len = self.0.chars().count();
        if len < Self::MIN {
            return Err(PasswordRejection::TooShort);
        }
        if len > Self::MAX {
            return Err(PasswordRejection::TooLong);
        }
        let lower = self.0.to_lowercase();
        if common::is_common(&lower) {
            return Err(PasswordRejection::Common);
        }
        if is_personal(&lower, personal) {
            return Err(PasswordRejection::Personal);
        }
        Ok(ChosenPassword(self))
    }

    /// The bytes to verify.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// A password that passed every rule. Only such a one can be hashed, so no door can skip them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenPassword(Password);

impl ChosenPassword {
    /// The bytes to hash.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Keyboards differ in how they compose a letter and in what their space bar types.
fn normal(raw: &str) -> String {
    raw.nfc()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect()
}

fn is_personal(lower: &str, personal: &[&str]) -> bool {
    let mut left = lower.to_owned();
    for word in personal {
        let word = word.to_lowercase();
        // Short words would be found in anything.
        if word.chars().count() >= 4 {
            left = left.replace(&word, "");
        }
    }
    left.len() < lower.len() && left.chars().count() < Password::LEFT_MIN
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(raw: &str) -> Result<ChosenPassword, PasswordRejection> {
        Password::typed(raw).choose(&["sara@example.com", "sara", "Kermani"])
    }

    #[test]
    fn ten_characters_of_any_kind_are_enough() {
        for raw in [
            "tvmq wexlo",
            "فیروزه‌ای۱۲۳",
            "🙂🙃🙂😶😇🙄😏😴🤐🙂",
            "aaaaabbcdefg hij",
        ] {
            assert!(chosen(raw).is_ok(), "{raw}");
        }
        assert_eq!(chosen("tvmq wexl"), Err(PasswordRejection::TooShort));
    }

    #[test]
    fn an_endless_password_is_refused_when_chosen_and_cut_when_typed() {
        let endless = "tv mq ".repeat(1_000);
        assert_eq!(chosen(&endless), Err(PasswordRejection::TooLong));
        assert!(Password::typed(&endless).as_bytes().len() <= 257);
    }

    #[test]
    fn passwords_known_from_breaches_are_refused_also_dressed_up() {
        for raw in [
            "1234567890",
            "qwertyuiop",
            "QwertyUIOP",
            "password123",
            "Password2024!",
            "!!dragon2026",
            "passwordpassword",
            "dragondragon",
            "abcabcabcabc",
            "aaaaaaaaaaaa",
            "abababababab",
            "23456789012345",
            "zyxwvutsrqp",
        ] {
            assert_eq!(chosen(raw), Err(PasswordRejection::Common), "{raw}");
        }
    }

    #[test]
    fn ones_own_address_and_name_are_no_password() {
        for raw in [
            "sara@example.com",
            "sara@example.com1",
            "SaraKermani",
            "kermani.sara9",
        ] {
            assert_eq!(chosen(raw), Err(PasswordRejection::Personal), "{raw}");
        }
        assert!(chosen("kermani likes tea").is_ok());
    }

    #[test]
    fn a_letter_composed_in_two_ways_is_one_password() {
        assert_eq!(Password::typed("Zoe\u{308}"), Password::typed("Zo\u{eb}"));
    }

    #[test]
    fn a_password_never_prints() {
        assert_eq!(format!("{:?}", Password::typed("hunter2")), "Password(…)");
    }
}
