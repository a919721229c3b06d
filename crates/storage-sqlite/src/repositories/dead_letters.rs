//! Dead letters.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::DeadLetterId;
use rusqlite::types::Value;
use storage::{DeadLetter, DeadLetters, Page, PageRequest, StoreError};

use crate::document::{Document, Row, load};
use crate::sql::{Listing, Order, flag, id, prepare, time};
use crate::store::SqliteStore;

impl Document for DeadLetter {
    const KIND: &'static str = "dead letter";
    const TABLE: &'static str = "dead_letters";
    const COLUMNS: &'static [&'static str] = &["is_open", "first_at"];

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![flag(self.settled_at.is_none()), time(self.first_at)]
    }
}

#[async_trait]
impl DeadLetters for SqliteStore {
    async fn record(&self, letter: &DeadLetter) -> Result<(), StoreError> {
        let letter = letter.clone();
        SqliteStore::record(self, move |connection| {
            match load::<DeadLetter>(connection, &letter.key())? {
                None => Row::of(&letter).add::<DeadLetter>(connection)?,
                Some(before) => Row::of(&before.again(letter)).put::<DeadLetter>(connection)?,
            };
            Ok(())
        })
        .await
    }

    async fn find(&self, letter: DeadLetterId) -> Result<Option<DeadLetter>, StoreError> {
        self.read(move |connection| load(connection, &id(letter)))
            .await
    }

    async fn list(&self, open: bool, page: PageRequest) -> Result<Page<DeadLetter>, StoreError> {
        let listing = Listing {
            key: "first_at",
            order: Order::Descending,
            filter: "is_open = ?4",
        };
        self.read(move |connection| listing.page(connection, &[flag(open)], page))
            .await
    }

    async fn count_open(&self) -> Result<u64, StoreError> {
        self.read(|connection| {
            let sql = "SELECT count(*) FROM dead_letters WHERE is_open = 1";
            let open: i64 = prepare(connection, sql)?.query_row([], |row| row.get(0))?;
            Ok(open.unsigned_abs())
        })
        .await
    }

    async fn settle(&self, letter: DeadLetterId, at: Timestamp) -> Result<bool, StoreError> {
        SqliteStore::record(self, move |connection| {
            let found = load::<DeadLetter>(connection, &id(letter))?;
            let Some(mut open) = found.filter(|letter| letter.settled_at.is_none()) else {
                return Ok(false);
            };
            open.settled_at = Some(at);
            Row::of(&open).put::<DeadLetter>(connection)
        })
        .await
    }
}
