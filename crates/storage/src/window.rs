//! How often something happened lately, for limits and lockouts.

use async_trait::async_trait;
use domain::{Span, Timestamp};

use crate::StoreError;

/// A stretch of time in which something is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// How often it happened.
    pub count: u32,
    /// When counting starts anew.
    pub until: Timestamp,
}

/// Counting windows, by any key: `sign-in:<account>:<network>`.
#[async_trait]
pub trait Windows: Send + Sync {
    /// Counts one more. The first one opens a window of `length`; later ones do not prolong it.
    async fn hit(&self, key: &str, now: Timestamp, length: Span) -> Result<Window, StoreError>;

    /// Takes one count back, of what turned out not to matter. Does nothing when no window is open
    /// or it has nothing to take.
    async fn take_back(&self, key: &str, now: Timestamp) -> Result<(), StoreError>;

    /// The window that is open at `now`.
    async fn current(&self, key: &str, now: Timestamp) -> Result<Option<Window>, StoreError>;

    /// Closes the window: counting starts anew.
    async fn clear(&self, key: &str) -> Result<(), StoreError>;
}
