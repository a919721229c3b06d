//! Short codes that are mailed to somebody: how long they live and how often they may be tried.

use crate::time::{Span, Timestamp};

/// How long a mailed code counts.
pub const CODE_LIFE: Span = Span::minutes(30);

/// How often a mailed code may be tried.
pub const CODE_TRIES: u32 = 5;

/// How a try ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// The code was right.
    Right,
    /// It was not; so many tries are left.
    Wrong {
        /// Zero: the code is spent now.
        left: u32,
    },
    /// All tries were used before; the code no longer counts, right or wrong.
    Spent,
    /// Too late.
    Expired,
}

/// Judges a try. `tried` is how many wrong ones there were before, and a wrong one has to be
/// counted durably before anybody learns that it was wrong.
pub fn judge(is_right: bool, tried: u32, expires_at: Timestamp, now: Timestamp) -> Attempt {
    if now >= expires_at {
        return Attempt::Expired;
    }
    match CODE_TRIES.checked_sub(tried) {
        None | Some(0) => Attempt::Spent,
        Some(_) if is_right => Attempt::Right,
        Some(left) => Attempt::Wrong {
            left: left.saturating_sub(1),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_unix_ms(43_200_000);
    const END: Timestamp = NOON.plus(CODE_LIFE);

    #[test]
    fn the_right_code_counts_until_it_is_thirty_minutes_old() {
        let last = END.minus(Span::from_ms(1));
        assert_eq!(judge(true, 0, END, last), Attempt::Right);
        assert_eq!(judge(true, 0, END, END), Attempt::Expired);
    }

    #[test]
    fn five_wrong_tries_spend_a_code_even_for_who_has_the_right_one() {
        for tried in 0..5 {
            let left = 4 - tried;
            assert_eq!(judge(false, tried, END, NOON), Attempt::Wrong { left });
            assert_eq!(judge(true, tried, END, NOON), Attempt::Right);
        }
        assert_eq!(judge(true, 5, END, NOON), Attempt::Spent);
        assert_eq!(judge(true, u32::MAX, END, NOON), Attempt::Spent);
    }
}
