//! A person's name, as others see it beside money.

use core::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use unicode_security::{MixedScript, skeleton};

use crate::text::{Line, TextError};

/// Part of a name: 1 to 60 characters, letters with what stands between them.
///
/// A word that mixes look-alike scripts (a Cyrillic letter in a Latin word) is refused, and so is a
/// word that only staff may use: strangers decide about money by this name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// Why a text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Empty or too long.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A digit, a mark, an emoji.
    #[error("a name has letters, spaces, hyphens, apostrophes and full stops, but no {0:?}")]
    NotInNames(char),
    /// One word in two alphabets that look alike.
    #[error("a word of a name is written in one alphabet")]
    MixedAlphabets,
    /// Reads like one of the staff.
    #[error("this name is kept for staff")]
    Reserved,
}

impl NameError {
    /// The stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text(error) => error.code(),
            Self::NotInNames(_) => "NOT_IN_NAMES",
            Self::MixedAlphabets => "MIXED_ALPHABETS",
            Self::Reserved => "RESERVED_NAME",
        }
    }
}

/// Words by which somebody would pass for the people who run the place.
const RESERVED: [&str; 14] = [
    "amn",
    "admin",
    "administrator",
    "support",
    "helpdesk",
    "moderator",
    "resolver",
    "escrow",
    "staff",
    "official",
    "ادمین",
    "پشتیبانی",
    "مدیریت",
    "اپراتور",
];

impl PersonName {
    /// The longest, in characters.
    pub const MAX: usize = 60;

    /// Cleans, judges and takes a name.
    ///
    /// # Errors
    /// [`NameError`].
    pub fn new(raw: &str) -> Result<Self, NameError> {
        let line = Line::<{ Self::MAX }>::new(raw)?;
        let text = line.as_str();
        if let Some(other) = text.chars().find(|c| !is_in_names(*c)) {
            return Err(NameError::NotInNames(other));
        }
        if !text.chars().any(char::is_alphabetic) {
            return Err(NameError::Text(TextError::Empty));
        }
        let words = || text.split(|c: char| !(c.is_alphanumeric() || c == '\u{200c}'));
        if !words().all(MixedScript::is_single_script) {
            return Err(NameError::MixedAlphabets);
        }
        if words().any(is_reserved) {
            return Err(NameError::Reserved);
        }
        Ok(Self(text.to_owned()))
    }

    /// The same for a field that may stay empty.
    ///
    /// # Errors
    /// [`NameError`], but never for nothing.
    pub fn optional(raw: &str) -> Result<Option<Self>, NameError> {
        match Self::new(raw) {
            Ok(name) => Ok(Some(name)),
            Err(NameError::Text(TextError::Empty)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_in_names(c: char) -> bool {
    let is_joint = matches!(
        c,
        ' ' | '\'' | '\u{2019}' | '\u{2bc}' | '-' | '\u{2010}' | '.' | '\u{b7}' | '\u{200c}'
    );
    is_joint || c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c)
}

/// Compares shapes, not letters: `аdmіn` with Cyrillic letters has the shape of `admin`. Capitals
/// of another alphabet may look Latin where the small letters do not, so both are looked at.
fn is_reserved(word: &str) -> bool {
    let seen: String = skeleton(word).collect();
    let shapes = [small_shape(word), small_shape(&seen)];
    RESERVED_SHAPES
        .iter()
        .any(|reserved| shapes.contains(reserved))
}

/// The same for every name that is read, and every account of a list is.
static RESERVED_SHAPES: LazyLock<Vec<String>> =
    LazyLock::new(|| RESERVED.into_iter().map(small_shape).collect());

fn small_shape(text: &str) -> String {
    skeleton(&text.to_lowercase()).collect()
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl TryFrom<String> for PersonName {
    type Error = NameError;

    fn try_from(raw: String) -> Result<Self, NameError> {
        Self::new(&raw)
    }
}

impl From<PersonName> for String {
    fn from(name: PersonName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_peoples_are_taken() {
        for name in [
            "Sara",
            "O'Brien",
            "Jean-Luc",
            "J. R.",
            "Åsa",
            "Nguyễn Văn A",
            "محمدرضا",
            "علی\u{200c}اکبر",
            "Дмитрий",
            "田中",
            "たなか 太郎",
            "김민준",
            "José María",
            "Ağaoğlu",
            "שרה",
            "Γιώργος",
        ] {
            assert_eq!(PersonName::new(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn a_word_in_two_look_alike_alphabets_is_refused() {
        for name in ["S\u{430}ra", "P\u{3b1}ul", "Ali\u{456}"] {
            assert_eq!(
                PersonName::new(name),
                Err(NameError::MixedAlphabets),
                "{name}"
            );
        }
        assert!(
            PersonName::new("Sara Дмитриева").is_ok(),
            "two words may differ"
        );
    }

    #[test]
    fn nobody_passes_for_staff_by_name() {
        for name in [
            "Admin",
            "AMN",
            "Amn Support",
            "\u{430}m\u{578}",
            "official",
            "\u{391}\u{39c}\u{39d}",
            "پشتیبانی",
            "S\u{200c}upport",
        ] {
            assert!(PersonName::new(name).is_err(), "{name}");
        }
        assert!(PersonName::new("Amneris").is_ok());
    }

    #[test]
    fn hidden_characters_are_dropped_and_what_is_no_letter_is_refused() {
        assert_eq!(PersonName::new("Sa\u{202e}ra\0").unwrap().as_str(), "Sara");
        for (name, other) in [
            ("<b>", '<'),
            ("a@b", '@'),
            ("Sara1", '1'),
            ("Sara🙂", '🙂'),
            ("t.me/x", '/'),
        ] {
            assert_eq!(
                PersonName::new(name),
                Err(NameError::NotInNames(other)),
                "{name}"
            );
        }
        assert!(PersonName::new("...").is_err());
    }
}
