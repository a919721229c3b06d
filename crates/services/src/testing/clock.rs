//! A clock that stands until somebody moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::{Span, Timestamp};

use crate::ports::{Clock, MovableClock};

/// Stands still until [`advance`](Self::advance)d or [`set`](Self::set).
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that shows `now`.
    pub const fn at(now: Timestamp) -> Self {
        Self(AtomicI64::new(now.unix_ms()))
    }

    /// Moves the hands forward.
    pub fn advance(&self, span: Span) {
        self.0.fetch_add(span.ms(), Ordering::SeqCst);
    }

    /// Puts the hands at `now`, also backwards.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.unix_ms(), Ordering::SeqCst);
    }
}

impl Default for ManualClock {
    /// Noon of 1 November 2026, UTC.
    fn default() -> Self {
        Self::at(Timestamp::from_unix_ms(1_793_534_400_000))
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.0.load(Ordering::SeqCst))
    }
}

impl MovableClock for ManualClock {
    fn put_forward(&self, by: Span) {
        self.advance(by);
    }
}
