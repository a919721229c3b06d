//! Moments and spans, in whole milliseconds. The domain is told the time; it never asks.

use serde::{Deserialize, Serialize};

/// A moment: milliseconds since the Unix epoch, UTC.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// A moment given in milliseconds since the Unix epoch.
    pub const fn from_unix_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn unix_ms(self) -> i64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, rounded towards the past.
    pub const fn unix_s(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// The moment `span` later; at the end of time it stays there.
    #[must_use]
    pub const fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// The moment `span` earlier; at the beginning of time it stays there.
    #[must_use]
    pub const fn minus(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }

    /// How long after `earlier` this is; zero when it is not after.
    pub const fn since(self, earlier: Self) -> Span {
        let ms = self.0.saturating_sub(earlier.0);
        Span(if ms < 0 { 0 } else { ms })
    }
}

/// A length of time, in milliseconds.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(i64);

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A span of milliseconds.
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// A span of seconds.
    pub const fn seconds(count: u32) -> Self {
        Self::of(count, 1_000)
    }

    /// A span of minutes.
    pub const fn minutes(count: u32) -> Self {
        Self::of(count, 60_000)
    }

    /// A span of hours.
    pub const fn hours(count: u32) -> Self {
        Self::of(count, 3_600_000)
    }

    /// A span of days of 24 hours.
    pub const fn days(count: u32) -> Self {
        Self::of(count, 86_400_000)
    }

    /// Milliseconds.
    pub const fn ms(self) -> i64 {
        self.0
    }

    /// The sum; it stays at the longest span there is.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// What is left after `other`; zero when nothing is.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        let ms = self.0.saturating_sub(other.0);
        Self(if ms < 0 { 0 } else { ms })
    }

    #[expect(
        clippy::as_conversions,
        reason = "u32 to i64 is lossless; `From` is not const"
    )]
    const fn of(count: u32, unit_ms: i64) -> Self {
        Self((count as i64).saturating_mul(unit_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_overflows_and_never_runs_backwards() {
        let end = Timestamp::from_unix_ms(i64::MAX);
        assert_eq!(end.plus(Span::days(1)), end);
        let now = Timestamp::from_unix_ms(5);
        assert_eq!(now.since(end), Span::ZERO);
        assert_eq!(end.since(now).ms(), i64::MAX - 5);
    }
}
