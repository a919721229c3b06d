//! Payment intents.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::{DealId, IntentId};
use domain::intent::Intent;

use crate::{Aggregate, Aggregates, Limit, StoreError};

impl Aggregate for Intent {
    type Id = IntentId;
    const KIND: &'static str = "intent";

    fn id(&self) -> IntentId {
        self.id
    }

    fn version(&self) -> u64 {
        self.version
    }
}

/// Payment intents. An address belongs to one intent for ever: a second one with it is a conflict
/// in `address`.
#[async_trait]
pub trait Intents: Aggregates<Intent> {
    /// The intents of a deal, oldest first.
    async fn list_of_deal(&self, deal: DealId) -> Result<Vec<Intent>, StoreError>;

    /// Intents with an address that is to be read again at `now`, longest overdue first.
    async fn list_to_read(&self, now: Timestamp, limit: Limit)
    -> Result<Vec<IntentId>, StoreError>;
}
