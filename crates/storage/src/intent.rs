//! Payment intents.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::{DealId, IntentId};
use domain::intent::Intent;

use crate::{Aggregate, Aggregates, Page, PageRequest, StoreError};

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

/// An address in the one form in which it is compared: hexadecimal ones in lower case.
pub fn address_key(address: &str) -> String {
    if address.starts_with("0x") || address.starts_with("0X") {
        address.to_ascii_lowercase()
    } else {
        address.to_owned()
    }
}

/// Payment intents. An address belongs to one intent for ever: a second one with it is a conflict
/// in `address`.
#[async_trait]
pub trait Intents: Aggregates<Intent> {
    /// The intent of an address, in any spelling of it.
    async fn find_by_address(&self, address: &str) -> Result<Option<Intent>, StoreError>;

    /// The intents of a deal, oldest first.
    async fn list_of_deal(&self, deal: DealId) -> Result<Vec<Intent>, StoreError>;

    /// Intents with an address that is to be read again at `now`, longest overdue first. One that
    /// cannot be read stays in the list: read on past it.
    async fn list_to_read(
        &self,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<IntentId>, StoreError>;
}
