//! A clock for what happened before now.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::Timestamp;

use crate::ports::Clock;

/// Shows the moment that it was last set to.
#[derive(Debug)]
pub(super) struct PastClock(AtomicI64);

impl PastClock {
    pub(super) const fn at(moment: Timestamp) -> Self {
        Self(AtomicI64::new(moment.unix_ms()))
    }

    pub(super) fn set(&self, moment: Timestamp) {
        self.0.store(moment.unix_ms(), Ordering::Relaxed);
    }
}

impl Clock for PastClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.0.load(Ordering::Relaxed))
    }
}
