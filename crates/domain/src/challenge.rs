//! A short code sent to somebody's mailbox: how long it lives and how often it may be tried.

use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use crate::digest::Digest;
use crate::time::{Span, Timestamp};

/// A six-digit code that was mailed. Only its keyed digest is kept: six digits alone would be
/// found from a plain one in no time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    code: Digest,
    sent_at: Timestamp,
    tries: u8,
}

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// The code was right.
    Right,
    /// It was not; so many tries are left.
    Wrong {
        /// Zero: the code is spent now.
        left: u8,
    },
    /// All tries were used before; the code no longer counts, right or wrong.
    Spent,
    /// Too late.
    Expired,
}

impl Challenge {
    /// How long a code counts.
    pub const LIFE: Span = Span::minutes(30);
    /// How often it may be tried.
    pub const TRIES: u8 = 5;

    /// A code that was just sent, by its keyed digest.
    pub const fn sent(code: Digest, now: Timestamp) -> Self {
        Self {
            code,
            sent_at: now,
            tries: 0,
        }
    }

    /// When the code stops to count.
    pub const fn expires_at(&self) -> Timestamp {
        self.sent_at.plus(Self::LIFE)
    }

    /// When it was sent.
    pub const fn sent_at(&self) -> Timestamp {
        self.sent_at
    }

    /// Tries a code, by its keyed digest. The challenge that comes back has to be kept, also after
    /// a wrong try; the comparison takes as long for a wrong code as for the right one.
    #[must_use]
    pub fn attempt(&self, given: Digest, now: Timestamp) -> (Self, Attempt) {
        if now >= self.expires_at() {
            return (self.clone(), Attempt::Expired);
        }
        if self.tries >= Self::TRIES {
            return (self.clone(), Attempt::Spent);
        }
        let is_right = self.code.as_bytes().ct_eq(given.as_bytes());
        let tried = Self {
            tries: self.tries.saturating_add(1),
            ..self.clone()
        };
        let attempt = if bool::from(is_right) {
            Attempt::Right
        } else {
            Attempt::Wrong {
                left: Self::TRIES.saturating_sub(tried.tries),
            }
        };
        (tried, attempt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_unix_ms(43_200_000);

    fn code(text: &str) -> Digest {
        Digest::of(text.as_bytes())
    }

    #[test]
    fn the_right_code_counts_until_it_is_thirty_minutes_old() {
        let challenge = Challenge::sent(code("418206"), NOON);
        let last = NOON.plus(Span::minutes(30)).minus(Span::from_ms(1));
        assert_eq!(challenge.attempt(code("418206"), last).1, Attempt::Right);
        let late = NOON.plus(Span::minutes(30));
        assert_eq!(challenge.attempt(code("418206"), late).1, Attempt::Expired);
    }

    #[test]
    fn five_wrong_tries_spend_a_code_even_for_who_has_the_right_one() {
        let mut challenge = Challenge::sent(code("418206"), NOON);
        for left in (0..5).rev() {
            let (kept, attempt) = challenge.attempt(code("000000"), NOON);
            assert_eq!(attempt, Attempt::Wrong { left });
            challenge = kept;
        }
        assert_eq!(challenge.attempt(code("418206"), NOON).1, Attempt::Spent);
    }

    #[test]
    fn the_fifth_try_may_still_be_right() {
        let mut challenge = Challenge::sent(code("418206"), NOON);
        for _ in 0..4 {
            challenge = challenge.attempt(code("000000"), NOON).0;
        }
        assert_eq!(challenge.attempt(code("418206"), NOON).1, Attempt::Right);
    }
}
