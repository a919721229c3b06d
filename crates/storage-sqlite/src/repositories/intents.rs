//! Payment intents.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::{DealId, IntentId};
use domain::intent::Intent;
use rusqlite::types::Value;
use storage::{Intents, Limit, StoreError, address_key};

use crate::document::Document;
use crate::sql::{document, documents, id, ids, rows, text, time};
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
        limit: Limit,
    ) -> Result<Vec<IntentId>, StoreError> {
        const SQL: &str = "SELECT id FROM intents WHERE read_at IS NOT NULL AND read_at <= ?1 \
             ORDER BY read_at, id LIMIT ?2";
        let due = self
            .read(move |connection| ids(connection, SQL, &[&now.unix_ms(), &rows(limit)]))
            .await?;
        Ok(due.into_iter().map(IntentId::from_uuid).collect())
    }
}
