//! Leases: which node runs a job, for how long, and a number by which a late one is told apart.

use async_trait::async_trait;
use domain::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::StoreError;

/// The right to run a job until it expires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Which job.
    pub name: String,
    /// Which process; unlike any other, also any earlier one.
    pub holder: String,
    /// Grows each time the lease changes hands. Whoever comes with a lower one is late.
    pub token: u64,
    /// When the right ends unless it is renewed.
    pub expires_at: Timestamp,
}

/// Leases. `now` is the caller's clock; spans are to be long against the difference of clocks.
#[async_trait]
pub trait Leases: Send + Sync {
    /// Takes the lease if nobody holds it at `now`.
    async fn acquire(
        &self,
        name: &str,
        holder: &str,
        now: Timestamp,
        span: Span,
    ) -> Result<Option<Lease>, StoreError>;

    /// Prolongs a lease that is still one's own. None when it has expired or somebody else has it:
    /// then stop at once.
    async fn renew(
        &self,
        lease: &Lease,
        now: Timestamp,
        span: Span,
    ) -> Result<Option<Lease>, StoreError>;

    /// Whether the lease is still one's own at `now`. Ask before an effect that must not be late.
    async fn is_held(&self, lease: &Lease, now: Timestamp) -> Result<bool, StoreError>;

    /// Gives a lease back, so that the next one need not wait. Not one's own any more: nothing.
    async fn release(&self, lease: &Lease) -> Result<(), StoreError>;
}
