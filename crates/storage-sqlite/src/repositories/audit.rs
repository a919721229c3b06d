//! The audit log. One thread writes, so the chain has no branch.

use async_trait::async_trait;
use rusqlite::types::Value;
use storage::{
    AuditEntry, AuditFilter, AuditLog, Limit, NewAuditEntry, Page, PageRequest, StoreError,
};

use crate::document::{Document, Row, load};
use crate::failure::Failure;
use crate::sql::{Listing, Order, count, document, documents, id, rows, text};
use crate::store::SqliteStore;

impl Document for AuditEntry {
    const KIND: &'static str = "audit entry";
    const TABLE: &'static str = "audit";
    const COLUMNS: &'static [&'static str] = &["seq", "actor_id", "subject"];

    fn key(&self) -> Value {
        id(self.entry.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            Value::Integer(count(self.seq)),
            self.entry.actor.map_or(Value::Null, id),
            text(&self.entry.subject),
        ]
    }
}

#[async_trait]
impl AuditLog for SqliteStore {
    async fn append(&self, entry: NewAuditEntry) -> Result<AuditEntry, StoreError> {
        const LAST: &str = "SELECT doc FROM audit WHERE seq > 0 ORDER BY seq DESC LIMIT 1";
        self.record(move |connection| {
            if let Some(appended) = load::<AuditEntry>(connection, &id(entry.id))? {
                return Ok(appended);
            }
            let last: Option<AuditEntry> = document(connection, LAST, &[])?;
            let appended = AuditEntry::after(last.as_ref(), entry);
            if Row::of(&appended).add::<AuditEntry>(connection)? {
                Ok(appended)
            } else {
                let cause = "its place in the chain is taken";
                Err(Failure::corrupt(AuditEntry::KIND, appended.seq, cause))
            }
        })
        .await
    }

    async fn list(
        &self,
        filter: &AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditEntry>, StoreError> {
        let (filter, params) = match filter {
            AuditFilter::All => ("true", Vec::new()),
            AuditFilter::By(actor) => ("actor_id = ?4", vec![id(*actor)]),
            AuditFilter::To(subject) => ("subject = ?4", vec![text(subject)]),
        };
        let listing = Listing {
            key: "seq",
            order: Order::Descending,
            filter,
        };
        self.read(move |connection| listing.page(connection, &params, page))
            .await
    }

    async fn list_after(&self, seq: u64, limit: Limit) -> Result<Vec<AuditEntry>, StoreError> {
        const SQL: &str = "SELECT doc FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2";
        self.read(move |connection| documents(connection, SQL, &[&count(seq), &rows(limit)]))
            .await
    }
}
