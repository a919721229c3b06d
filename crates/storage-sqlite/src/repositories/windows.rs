//! Counting windows.

use async_trait::async_trait;
use domain::{Span, Timestamp};
use rusqlite::OptionalExtension;
use storage::{StoreError, Window, Windows};

use crate::sql::{execute, prepare};
use crate::store::SqliteStore;

fn window(row: &rusqlite::Row<'_>) -> Result<Window, rusqlite::Error> {
    let count: i64 = row.get(0)?;
    Ok(Window {
        count: u32::try_from(count).unwrap_or(u32::MAX),
        until: Timestamp::from_unix_ms(row.get(1)?),
    })
}

#[async_trait]
impl Windows for SqliteStore {
    async fn hit(&self, key: &str, now: Timestamp, length: Span) -> Result<Window, StoreError> {
        const SQL: &str = "INSERT INTO windows (key, count, expires_at) VALUES (?1, 1, ?3) \
             ON CONFLICT (key) DO UPDATE SET \
             count = CASE WHEN expires_at > ?2 THEN count + 1 ELSE 1 END, \
             expires_at = CASE WHEN expires_at > ?2 THEN expires_at ELSE ?3 END \
             RETURNING count, expires_at";
        let key = key.to_owned();
        self.record(move |connection| {
            let params = (key, now.unix_ms(), now.plus(length).unix_ms());
            Ok(prepare(connection, SQL)?.query_row(params, window)?)
        })
        .await
    }

    async fn take_back(&self, key: &str, now: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "UPDATE windows SET count = count - 1 \
             WHERE key = ?1 AND expires_at > ?2 AND count > 0";
        let params = (key.to_owned(), now.unix_ms());
        self.record(move |connection| {
            prepare(connection, SQL)?.execute(params)?;
            Ok(())
        })
        .await
    }

    async fn current(&self, key: &str, now: Timestamp) -> Result<Option<Window>, StoreError> {
        const SQL: &str =
            "SELECT count, expires_at FROM windows WHERE key = ?1 AND expires_at > ?2";
        let key = key.to_owned();
        self.read(move |connection| {
            let found = prepare(connection, SQL)?.query_row((key, now.unix_ms()), window);
            Ok(found.optional()?)
        })
        .await
    }

    async fn clear(&self, key: &str) -> Result<(), StoreError> {
        let key = key.to_owned();
        self.record(move |connection| {
            execute(connection, "DELETE FROM windows WHERE key = ?1", &[&key])?;
            Ok(())
        })
        .await
    }
}
