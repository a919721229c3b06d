//! The languages of the site, and its texts: one method of [`Locale`] for each.

use core::fmt::{self, Display};

use domain::Language;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// First strong isolate: what follows keeps its own direction.
const ISOLATE: char = '\u{2068}';
/// Ends an isolate.
const POP: char = '\u{2069}';

/// A language of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Persian.
    Fa,
}

impl Locale {
    /// All there are.
    pub const ALL: [Self; 2] = [Self::En, Self::Fa];

    /// The language tag.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fa => "fa",
        }
    }

    /// The direction of its script.
    pub const fn dir(self) -> &'static str {
        match self {
            Self::En => "ltr",
            Self::Fa => "rtl",
        }
    }

    /// What its speakers call it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fa => "فارسی",
        }
    }

    /// The language of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// The most wanted language of an `Accept-Language` header that the site has.
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let wanted = header.split(',').take(16).filter_map(|range| {
            let (tag, weight) = match range.split_once(';') {
                Some((tag, weight)) => (tag, thousandths(weight)?),
                None => (range, 1_000),
            };
            let primary = tag.trim().split('-').next()?;
            let locale = Self::from_code(&primary.to_ascii_lowercase())?;
            (weight > 0).then_some((weight, locale))
        });
        // The first of equals: people list what they like best first.
        wanted
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
            .map(|(_, locale)| locale)
    }

    /// A whole number in the digits of this language. Money keeps Latin digits: see `Money`.
    pub fn number(self, number: u64) -> String {
        self.digits(&number.to_string())
    }

    /// `text` with its Latin digits in the script of this language.
    pub fn digits(self, text: &str) -> String {
        match self {
            Self::En => text.to_owned(),
            Self::Fa => text.chars().map(persian_digit).collect(),
        }
    }

    /// A number with one decimal place, in the digits of this language. Not for money.
    pub fn decimal(self, whole: u64, tenth: u64) -> String {
        match self {
            Self::En => format!("{whole}.{tenth}"),
            Self::Fa => self.digits(&format!("{whole}٫{tenth}")),
        }
    }

    /// A rate in per cent, given in plain digits. Sums of money are not written so.
    pub fn percent(self, number: &str) -> String {
        match self {
            Self::En => format!("{number}%"),
            Self::Fa => format!("{}٪", self.digits(number).replace('.', "٫")),
        }
    }

    /// `value` so that its direction does not disturb the sentence it stands in.
    fn isolate(self, value: &impl Display) -> Isolated {
        let text = value.to_string();
        let foreign = match self {
            Self::En => !text.is_ascii(),
            Self::Fa => text.bytes().any(|byte| byte.is_ascii_alphanumeric()),
        };
        Isolated { text, foreign }
    }
}

impl From<Language> for Locale {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Fa => Self::Fa,
        }
    }
}

impl From<Locale> for Language {
    fn from(locale: Locale) -> Self {
        match locale {
            Locale::En => Self::En,
            Locale::Fa => Self::Fa,
        }
    }
}

/// A value inside a sentence.
struct Isolated {
    text: String,
    foreign: bool,
}

impl Display for Isolated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.foreign {
            write!(f, "{ISOLATE}{}{POP}", self.text)
        } else {
            f.write_str(&self.text)
        }
    }
}

fn persian_digit(char: char) -> char {
    char.to_digit(10)
        .and_then(|digit| char::from_u32(0x06f0 + digit))
        .unwrap_or(char)
}

/// Reads `q=0.8` as 800.
fn thousandths(weight: &str) -> Option<u32> {
    let value = weight.trim().strip_prefix("q=")?;
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let whole = whole.parse::<u32>().ok().filter(|whole| *whole <= 1)?;
    let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
    Some(whole * 1_000 + padded.parse::<u32>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_wanted_language_is_taken() {
        for (header, locale) in [
            ("fa", Some(Locale::Fa)),
            ("fa-IR,fa;q=0.9,en;q=0.8", Some(Locale::Fa)),
            ("en-GB;q=0.7,fa;q=0.9", Some(Locale::Fa)),
            ("de-DE,en;q=0.5", Some(Locale::En)),
            ("FA-ir", Some(Locale::Fa)),
            ("en,fa", Some(Locale::En)),
            ("fa;q=0,en;q=0.1", Some(Locale::En)),
            ("de", None),
            ("", None),
            ("fa;q=many", None),
            (";;;,,,", None),
        ] {
            assert_eq!(Locale::from_accept_language(header), locale, "{header}");
        }
    }

    #[test]
    fn counts_choose_their_form_and_their_digits() {
        assert_eq!(Locale::En.when_days(1), "1 day");
        assert_eq!(Locale::En.when_days(12), "12 days");
        assert_eq!(Locale::Fa.when_days(12), "۱۲ روز");
    }

    #[test]
    fn a_name_of_the_other_direction_is_isolated() {
        let english = Locale::En.common_error_title("علی");
        assert_eq!(english, "Error: \u{2068}علی\u{2069}");
        assert_eq!(Locale::En.common_error_title("Ali"), "Error: Ali");
    }
}
