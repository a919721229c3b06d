//! Bounded text that people typed, cleaned of what can deceive or disturb a reader.
//!
//! [`Line`] is one line, [`Block`] several; both say their longest length in their type. Cleaning
//! never refuses what only looks odd: it drops control characters, NUL, direction overrides and
//! other invisible marks, folds white space, bounds stacked accents, and writes the rest in
//! Unicode's normal form C. What is left is compared with the limit, in characters.
//!
//! Marks that Persian, Arabic and Hebrew need (the two joiners, the weak direction marks) stay.
//! Markup stays too: escaping belongs to whoever prints a text.

mod clean;

use core::fmt;

use serde::{Deserialize, Serialize};

pub use clean::printable;

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing that can be seen was typed.
    #[error("this cannot be empty")]
    Empty,
    /// More characters than fit.
    #[error("this has {len} characters, {max} fit")]
    TooLong {
        /// How many there are, after cleaning.
        len: usize,
        /// How many fit.
        max: usize,
    },
}

impl TextError {
    /// The stable word for clients.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "EMPTY",
            Self::TooLong { .. } => "TOO_LONG",
        }
    }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident by $clean:path;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name<const MAX: usize>(String);

        impl<const MAX: usize> $name<MAX> {
            /// The longest, in characters (Unicode scalar values).
            pub const MAX: usize = MAX;

            /// Cleans and takes a text.
            ///
            /// # Errors
            /// [`TextError`] when nothing visible is left or it is too long.
            pub fn new(raw: &str) -> Result<Self, TextError> {
                let text = $clean(raw);
                if !clean::has_visible(&text) {
                    return Err(TextError::Empty);
                }
                let len = text.chars().count();
                if len > MAX {
                    return Err(TextError::TooLong { len, max: MAX });
                }
                Ok(Self(text))
            }

            /// The same for a field that may stay empty: nothing visible is `None`.
            ///
            /// # Errors
            /// [`TextError::TooLong`].
            pub fn optional(raw: &str) -> Result<Option<Self>, TextError> {
                match Self::new(raw) {
                    Ok(text) => Ok(Some(text)),
                    Err(TextError::Empty) => Ok(None),
                    Err(error) => Err(error),
                }
            }

            /// The clean text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<const MAX: usize> fmt::Display for $name<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<const MAX: usize> fmt::Debug for $name<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl<const MAX: usize> TryFrom<String> for $name<MAX> {
            type Error = TextError;

            fn try_from(raw: String) -> Result<Self, TextError> {
                Self::new(&raw)
            }
        }

        impl<const MAX: usize> From<$name<MAX>> for String {
            fn from(text: $name<MAX>) -> Self {
                text.0
            }
        }
    )+};
}

texts! {
    /// One line of 1 to `MAX` characters: a title, a label, a city.
    Line by clean::line;
    /// One or more lines of 1 to `MAX` characters together: a description, a note.
    Block by clean::block;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn line(raw: &str) -> String {
        Line::<40>::new(raw).unwrap().to_string()
    }

    #[test]
    fn direction_overrides_and_other_invisible_marks_are_dropped() {
        assert_eq!(line("pay\u{202e}dlog\u{202c} now"), "paydlog now");
        assert_eq!(line("\u{feff}a\u{200b}b\u{2066}c\u{2069}\u{ad}"), "abc");
        assert_eq!(line("flag \u{1f3f4}\u{e0067}\u{e007f}"), "flag \u{1f3f4}");
    }

    #[test]
    fn nul_and_control_characters_are_dropped() {
        assert_eq!(line("a\0b\u{7}c\u{1b}[31m"), "abc[31m");
    }

    #[test]
    fn the_joiners_of_persian_words_and_of_emoji_stay() {
        assert_eq!(line("می\u{200c}خواهم"), "می\u{200c}خواهم");
        assert_eq!(
            line("\u{1f469}\u{200d}\u{1f527}"),
            "\u{1f469}\u{200d}\u{1f527}"
        );
        assert_eq!(line("\u{200c}سلام\u{200c}\u{200c}"), "سلام");
    }

    #[test]
    fn a_line_is_one_line_and_a_block_keeps_its_paragraphs() {
        assert_eq!(line(" two \r\n words\t here "), "two words here");
        let block = Block::<80>::new("one  \r\n\r\n\r\n\r\n two\u{2028}three\n").unwrap();
        assert_eq!(block.as_str(), "one\n\n two\nthree");
    }

    #[test]
    fn what_cannot_be_seen_is_empty() {
        for raw in [
            "",
            " \t\n",
            "\u{200c}\u{200e}",
            "\u{3164}\u{115f}",
            "\u{301}",
            "\0",
        ] {
            assert_eq!(Line::<40>::new(raw), Err(TextError::Empty), "{raw:?}");
            assert_eq!(Block::<40>::optional(raw), Ok(None), "{raw:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters_after_cleaning() {
        let fits = "🙂".repeat(40);
        assert_eq!(line(&format!("  {fits}\0")), fits);
        assert_eq!(
            Line::<40>::new(&format!("{fits}x")),
            Err(TextError::TooLong { len: 41, max: 40 })
        );
    }

    #[test]
    fn two_ways_to_type_a_letter_become_one() {
        assert_eq!(line("Zoe\u{308}"), line("Zo\u{eb}"));
    }

    #[test]
    fn accents_do_not_pile_up() {
        let piled = format!("x{}", "\u{336}".repeat(30));
        assert_eq!(line(&piled).chars().count(), 5);
    }

    #[test]
    fn markup_stays_for_the_printer_to_escape() {
        let hostile = "</textarea><script>alert(1)</script>";
        assert_eq!(line(hostile), hostile);
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(
            raw in "[\\PCa \n\r\u{200c}\u{200d}\u{200e}\u{301}\u{327}\u{958}\u{34f}\u{202e}]{0,60}"
        ) {
            if let Ok(once) = Line::<4000>::new(&raw) {
                prop_assert_eq!(Line::new(once.as_str()), Ok(once));
            }
            if let Ok(once) = Block::<4000>::new(&raw) {
                prop_assert_eq!(Block::new(once.as_str()), Ok(once));
            }
        }

        #[test]
        fn a_stored_text_comes_back(raw in "\\PC{1,40}") {
            if let Ok(text) = Line::<400>::new(&raw) {
                let stored = serde_json::to_string(&text).unwrap();
                prop_assert_eq!(serde_json::from_str::<Line<400>>(&stored).unwrap(), text);
            }
        }
    }
}
