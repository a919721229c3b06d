//! Short codes that are mailed to somebody: how they are typed, how long they live and how often
//! they may be tried.

use core::fmt;

use crate::money::digit_value;
use crate::time::{Span, Timestamp};

/// How long a mailed code counts.
pub const CODE_LIFE: Span = Span::minutes(30);

/// How often a mailed code may be tried.
pub const CODE_TRIES: u32 = 5;

/// Six digits, in Latin script.
#[derive(Clone, PartialEq, Eq)]
pub struct SixDigits(String);

/// A text that is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has six digits")]
pub struct NotSixDigits;

impl SixDigits {
    /// Takes a code as people type it: digits of any script, with spaces or hyphens anywhere.
    ///
    /// # Errors
    /// [`NotSixDigits`].
    pub fn new(typed: &str) -> Result<Self, NotSixDigits> {
        let digits: String = typed
            .chars()
            .filter(|c| !(c.is_whitespace() || matches!(c, '-' | '\u{200e}' | '\u{200f}')))
            .map(|c| digit_value(c).and_then(|value| char::from_digit(value, 10)))
            .collect::<Option<_>>()
            .ok_or(NotSixDigits)?;
        if digits.len() == 6 {
            Ok(Self(digits))
        } else {
            Err(NotSixDigits)
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A code never prints.
impl fmt::Debug for SixDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SixDigits(…)")
    }
}

/// Whether a mailed code may be tried once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It may. The try has to be counted durably before the code is compared, or a burst of
    /// guesses would all count as the same one.
    Granted {
        /// So many remain after this one.
        left: u32,
    },
    /// All tries were used; the code no longer counts, right or wrong.
    Spent,
    /// Too late.
    Expired,
}

/// Judges whether a code that was tried `tried` times before may be tried at `now`.
pub fn turn(tried: u32, expires_at: Timestamp, now: Timestamp) -> Turn {
    if now >= expires_at {
        return Turn::Expired;
    }
    match CODE_TRIES.checked_sub(tried) {
        None | Some(0) => Turn::Spent,
        Some(granted) => Turn::Granted {
            left: granted.saturating_sub(1),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_unix_ms(43_200_000);
    const END: Timestamp = NOON.plus(CODE_LIFE);

    #[test]
    fn a_code_is_typed_in_any_script_with_any_spaces() {
        for typed in [
            "418206",
            " 418 206 ",
            "418-206",
            "۴۱۸۲۰۶",
            "٤١٨٢٠٦",
            "\u{200e}418206",
        ] {
            assert_eq!(SixDigits::new(typed).unwrap().as_str(), "418206", "{typed}");
        }
        for typed in ["", "41820", "4182066", "41820a", "418.206", "½18206"] {
            assert_eq!(SixDigits::new(typed), Err(NotSixDigits), "{typed}");
        }
    }

    #[test]
    fn a_code_counts_until_it_is_thirty_minutes_old() {
        let last = END.minus(Span::from_ms(1));
        assert_eq!(turn(0, END, last), Turn::Granted { left: 4 });
        assert_eq!(turn(0, END, END), Turn::Expired);
    }

    #[test]
    fn a_code_is_tried_five_times() {
        for tried in 0..5 {
            assert_eq!(turn(tried, END, NOON), Turn::Granted { left: 4 - tried });
        }
        assert_eq!(turn(5, END, NOON), Turn::Spent);
        assert_eq!(turn(u32::MAX, END, NOON), Turn::Spent);
    }
}
