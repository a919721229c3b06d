//! The switch that stops payouts.

use async_trait::async_trait;
use domain::Timestamp;
use storage::{Added, PayoutStop, PayoutSwitch, StoreError};

use crate::document::parse_as;
use crate::sql::{execute, json, prepare};
use crate::store::SqliteStore;

#[async_trait]
impl PayoutSwitch for SqliteStore {
    async fn find(&self) -> Result<Option<PayoutStop>, StoreError> {
        self.read(|connection| {
            let mut statement = prepare(connection, "SELECT doc FROM payout_stop WHERE id = 1")?;
            let mut found = statement.query([])?;
            match found.next()? {
                Some(row) => parse_as("payout stop", row.get_ref(0)?.as_str()).map(Some),
                None => Ok(None),
            }
        })
        .await
    }

    async fn stop(&self, stop: &PayoutStop) -> Result<Added, StoreError> {
        const SQL: &str = "INSERT INTO payout_stop (id, stopped_at, doc) VALUES (1, ?1, ?2) \
             ON CONFLICT (id) DO NOTHING";
        let (at, doc) = (stop.at.unix_ms(), json(stop));
        SqliteStore::record(self, move |connection| {
            let added = execute(connection, SQL, &[&at, &doc])? == 1;
            Ok(if added { Added::Now } else { Added::Before })
        })
        .await
    }

    async fn lift(&self, stopped_at: Timestamp) -> Result<bool, StoreError> {
        const SQL: &str = "DELETE FROM payout_stop WHERE id = 1 AND stopped_at = ?1";
        SqliteStore::record(self, move |connection| {
            Ok(execute(connection, SQL, &[&stopped_at.unix_ms()])? == 1)
        })
        .await
    }
}
