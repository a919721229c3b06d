//! The switch that stops every payout, whoever owes it.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::UserId;
use serde::{Deserialize, Serialize};

use crate::{Added, StoreError};

/// That payouts were stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayoutStop {
    /// When; names the stop.
    pub at: Timestamp,
    /// By whom.
    pub by: StoppedBy,
    /// Why, for the people who decide when payouts go on.
    pub reason: String,
}

/// Who stopped payouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "user")]
pub enum StoppedBy {
    /// An admin.
    Admin(UserId),
    /// The comparison of what is owed with what is there.
    Reconciliation,
}

/// One switch for the whole house. While a stop stands, nothing is sent.
#[async_trait]
pub trait PayoutSwitch: Send + Sync {
    /// The stop that stands; none while payouts go on.
    async fn find(&self) -> Result<Option<PayoutStop>, StoreError>;

    /// Stops payouts. A stop that stands stays as it is.
    async fn stop(&self, stop: &PayoutStop) -> Result<Added, StoreError>;

    /// Lifts the stop of that moment, and says whether it stood: one that came since is another,
    /// which nobody has looked at.
    async fn lift(&self, stopped_at: Timestamp) -> Result<bool, StoreError>;
}
