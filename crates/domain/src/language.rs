//! The languages that Amn speaks, and texts that exist in each of them.

use serde::{Deserialize, Serialize};

/// A language of pages, mails and notifications.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Persian, written from right to left.
    Fa,
}

impl Language {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::En, Self::Fa];

    /// The BCP 47 tag.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fa => "fa",
        }
    }

    /// The language of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// `ltr` or `rtl`, as HTML says it.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::En => "ltr",
            Self::Fa => "rtl",
        }
    }
}

/// One text in every language: the reader's own is chosen when it is read, not when it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Localized<T> {
    /// English.
    pub en: T,
    /// Persian.
    pub fa: T,
}

impl<T> Localized<T> {
    /// Makes the text once for each language.
    pub fn each(make: impl Fn(Language) -> T) -> Self {
        Self {
            en: make(Language::En),
            fa: make(Language::Fa),
        }
    }

    /// The text in `language`.
    pub const fn in_language(&self, language: Language) -> &T {
        match language {
            Language::En => &self.en,
            Language::Fa => &self.fa,
        }
    }
}
