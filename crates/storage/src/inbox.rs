//! Which events a consumer has applied: at least once inside, exactly once seen.

use async_trait::async_trait;
use domain::Timestamp;

use crate::{Added, StoreError};

/// What consumers have applied.
///
/// Mark **after** the effect when the effect may be repeated, and before it when it may be lost.
#[async_trait]
pub trait Inbox: Send + Sync {
    /// Whether `consumer` has applied `event`.
    async fn is_applied(&self, consumer: &str, event: &str) -> Result<bool, StoreError>;

    /// Notes that `consumer` has applied `event`, at least until `keep_until`. Of any number of
    /// callers one gets [`Added::Now`].
    async fn mark_applied(
        &self,
        consumer: &str,
        event: &str,
        keep_until: Timestamp,
    ) -> Result<Added, StoreError>;
}
