//! Transactions of payouts.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension};
use storage::{Claimed, PayoutTxs, StoreError};

use crate::failure::Failure;
use crate::sql::{execute, prepare};
use crate::store::SqliteStore;

fn owner_of(connection: &Connection, tx: &str) -> Result<Option<String>, Failure> {
    let sql = "SELECT external_id FROM payout_txs WHERE tx = ?1";
    let owner = prepare(connection, sql)?.query_row([tx], |row| row.get(0));
    Ok(owner.optional()?)
}

#[async_trait]
impl PayoutTxs for SqliteStore {
    async fn claim(&self, tx: &str, external_id: &str) -> Result<Claimed<String>, StoreError> {
        const SQL: &str = "INSERT INTO payout_txs (tx, external_id) VALUES (?1, ?2) \
             ON CONFLICT (tx) DO NOTHING";
        let (tx, external_id) = (tx.to_owned(), external_id.to_owned());
        self.record(move |connection| {
            if execute(connection, SQL, &[&tx, &external_id])? == 1 {
                return Ok(Claimed::Now);
            }
            owner_of(connection, &tx)?
                .map(Claimed::Before)
                .ok_or_else(|| Failure::corrupt("payout transaction", &tx, "a claim is gone"))
        })
        .await
    }

    async fn find_owner(&self, tx: &str) -> Result<Option<String>, StoreError> {
        let tx = tx.to_owned();
        self.read(move |connection| owner_of(connection, &tx)).await
    }
}
