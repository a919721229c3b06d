//! The time, as a port.

use core::fmt;

use domain::{Span, Timestamp};

/// Tells the time. Nothing else in Amn does.
pub trait Clock: Send + Sync + fmt::Debug {
    /// Now, in whole milliseconds.
    fn now(&self) -> Timestamp;
}

/// A clock that can be put forward. Only the demonstration has one: its deadlines are those of
/// production, hours and days away.
pub trait MovableClock: Clock {
    /// Puts it forward, for good.
    fn put_forward(&self, by: Span);
}
