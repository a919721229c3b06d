//! What consumers have applied.

use async_trait::async_trait;
use domain::Timestamp;
use storage::{Added, Inbox, StoreError};

use crate::sql::{execute, prepare};
use crate::store::SqliteStore;

#[async_trait]
impl Inbox for SqliteStore {
    async fn is_applied(&self, consumer: &str, event: &str) -> Result<bool, StoreError> {
        let params = (consumer.to_owned(), event.to_owned());
        self.read(move |connection| {
            let sql = "SELECT 1 FROM inbox WHERE consumer = ?1 AND event = ?2";
            Ok(prepare(connection, sql)?.exists(params)?)
        })
        .await
    }

    async fn mark_applied(
        &self,
        consumer: &str,
        event: &str,
        keep_until: Timestamp,
    ) -> Result<Added, StoreError> {
        const SQL: &str = "INSERT INTO inbox (consumer, event, expires_at) VALUES (?1, ?2, ?3) \
             ON CONFLICT (consumer, event) DO NOTHING";
        let (consumer, event) = (consumer.to_owned(), event.to_owned());
        self.record(move |connection| {
            let added = execute(connection, SQL, &[&consumer, &event, &keep_until.unix_ms()])?;
            Ok(if added == 1 {
                Added::Now
            } else {
                Added::Before
            })
        })
        .await
    }
}
