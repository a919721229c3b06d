//! The time, as a port.

use core::fmt;

use domain::Timestamp;

/// Tells the time. Nothing else in Amn does.
pub trait Clock: Send + Sync + fmt::Debug {
    /// Now, in whole milliseconds.
    fn now(&self) -> Timestamp;
}
