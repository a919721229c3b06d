//! Payment intents.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::{DealId, IntentId};
use domain::intent::Intent;
use rusqlite::types::Value;
use storage::{Intents, Page, PageRequest, StoreError, address_key};

use crate::document::Document;
use crate::sql::{document, documents, id, overdue, text, time};
use crate::store::SqliteStore;
use crate::tags::maybe_time;

impl Document for Intent {
    const KIND: &'static str = "intent";
    const TABLE: &'static str = "intents";
    const COLUMNS: &'static [&'static str] = &["deal", "address", "created_at", "read_at"];
    const UNIQUE: &'static [&'static str] = &["address"];

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        let address = self.address.as_deref();
        vec![
            id(self.deal),
            address.map_or(Value::Null, |address| text(address_key(address))),
            time(self.created_at),
            maybe_time(address.map(|_| self.next_reading_at())),
        ]
    }
}

#[async_trait]
impl Intents for SqliteStore {
    async fn find_by_address(&self, address: &str) -> Result<Option<Intent>, StoreError> {
        const SQL: &str = "SELECT doc FROM intents WHERE address = ?1";
        let address = address_key(address);
        self.read(move |connection| document(connection, SQL, &[&address]))
            .await
    }

    async fn list_of_deal(&self, deal: DealId) -> Result<Vec<Intent>, StoreError> {
        const SQL: &str = "SELECT doc FROM intents WHERE deal = ?1 ORDER BY created_at, id";
        self.read(move |connection| documents(connection, SQL, &[&id(deal)]))
            .await
    }

    async fn list_to_read(
        &self,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<IntentId>, StoreError> {
        let due = self
            .read(move |connection| overdue::<Intent>(connection, "read_at", now, page))
            .await?;
        Ok(due.map(IntentId::from_uuid))
    }
}
