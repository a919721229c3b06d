//! Comparisons of what is owed with what is there.

use async_trait::async_trait;
use storage::{Cursor, Page, PageRequest, Reconciliation, Reconciliations, StoreError};
use uuid::Uuid;

use crate::document::parse_as;
use crate::sql::{execute, json, prepare, rows};
use crate::store::SqliteStore;

#[async_trait]
impl Reconciliations for SqliteStore {
    async fn record(&self, reconciliation: &Reconciliation) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO reconciliations (at, doc, expires_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (at) DO NOTHING";
        let at = reconciliation.at.unix_ms();
        let expires_at = reconciliation.expires_at.unix_ms();
        let doc = json(reconciliation);
        SqliteStore::record(self, move |connection| {
            execute(connection, SQL, &[&at, &doc, &expires_at])?;
            Ok(())
        })
        .await
    }

    async fn list(&self, page: PageRequest) -> Result<Page<Reconciliation>, StoreError> {
        const SQL: &str = "SELECT doc FROM reconciliations WHERE at < ?1 ORDER BY at DESC LIMIT ?2";
        let before = page.after.map_or(i64::MAX, Cursor::key);
        self.read(move |connection| {
            let mut statement = prepare(connection, SQL)?;
            let mut found = statement.query((before, rows(page.limit).saturating_add(1)))?;
            let mut items: Vec<Reconciliation> = Vec::new();
            while let Some(row) = found.next()? {
                items.push(parse_as("reconciliation", row.get_ref(0)?.as_str())?);
            }
            let has_more = items.len() > page.limit.get();
            items.truncate(page.limit.get());
            let next = items.last().filter(|_| has_more);
            let next = next.map(|last| Cursor::new(last.at.unix_ms(), Uuid::nil()));
            Ok(Page { items, next })
        })
        .await
    }
}
