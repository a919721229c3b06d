//! Deals.

use async_trait::async_trait;
use domain::Timestamp;
use domain::deal::{Deal, MAX_BYTES};
use domain::id::DealId;
use rusqlite::types::Value;
use storage::{Deals, Eventful, Limit, Listed, Page, PageRequest, StoreError};
use uuid::Uuid;

use crate::document::Document;
use crate::sql::{count, id, ids, json, overdue, rows, time};
use crate::store::SqliteStore;
use crate::tags::{Place, maybe_time};

impl Document for Deal {
    const KIND: &'static str = "deal";
    const TABLE: &'static str = "deals";
    const COLUMNS: &'static [&'static str] = &["next_at", "changed_at", "last_seq", "summary"];
    /// The domain's bounds keep a deal below half of this; a fact that finds one fuller is stored.
    const MAX_BYTES: usize = MAX_BYTES.saturating_mul(2);
    const HAS_OUTBOX: bool = true;
    const IS_LISTED: bool = true;

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            maybe_time(self.next_at()),
            time(self.changed_at()),
            Value::Integer(count(self.last_seq())),
            json(&self.summary()),
        ]
    }

    fn place(&self) -> Option<Place> {
        Some(Place::of(self))
    }

    fn relayed_to(&mut self, seq: u64) {
        self.set_dispatched(seq);
    }
}

#[async_trait]
impl Deals for SqliteStore {
    async fn list_due(
        &self,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<DealId>, StoreError> {
        let due = self
            .read(move |connection| overdue::<Deal>(connection, "next_at", now, page))
            .await?;
        Ok(due.map(DealId::from_uuid))
    }

    async fn list_running(
        &self,
        after: Option<DealId>,
        limit: Limit,
    ) -> Result<Vec<DealId>, StoreError> {
        const SQL: &str = "SELECT id FROM deals WHERE next_at IS NOT NULL AND id > ?1 \
             ORDER BY id LIMIT ?2";
        let after = after.map_or(Uuid::nil(), DealId::as_uuid);
        let running = self
            .read(move |connection| ids(connection, SQL, &[&id(after), &rows(limit)]))
            .await?;
        Ok(running.into_iter().map(DealId::from_uuid).collect())
    }
}
