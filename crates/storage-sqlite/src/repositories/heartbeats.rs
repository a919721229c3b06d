//! Signs of life, and the gaps between them.

use async_trait::async_trait;
use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};
use storage::{Cursor, Gap, Heartbeats, Limit, Page, PageRequest, Pulse, StoreError};
use uuid::Uuid;

use crate::failure::Failure;
use crate::sql::{execute, prepare, rows};
use crate::store::SqliteStore;

fn gap(row: &Row<'_>) -> Result<Gap, rusqlite::Error> {
    let applied_at: Option<i64> = row.get(2)?;
    Ok(Gap {
        from: Timestamp::from_unix_ms(row.get(0)?),
        to: Timestamp::from_unix_ms(row.get(1)?),
        applied_at: applied_at.map(Timestamp::from_unix_ms),
    })
}

fn last(connection: &Connection) -> Result<Option<Timestamp>, Failure> {
    let at: Option<i64> = prepare(connection, "SELECT at FROM heartbeat WHERE id = 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(at.map(Timestamp::from_unix_ms))
}

#[async_trait]
impl Heartbeats for SqliteStore {
    async fn last(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(last).await
    }

    async fn beat(&self, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO heartbeat (id, at) VALUES (1, ?1) \
             ON CONFLICT (id) DO UPDATE SET at = max(at, ?1)";
        self.record(move |connection| {
            execute(connection, SQL, &[&at.unix_ms()])?;
            Ok(())
        })
        .await
    }

    async fn record_gap(&self, gap: &Gap) -> Result<(), StoreError> {
        const SQL: &str = "INSERT INTO gaps (began_at, ended_at, applied_at) \
             VALUES (?1, ?2, ?3) ON CONFLICT (began_at) \
             DO UPDATE SET ended_at = max(ended_at, ?2) WHERE applied_at IS NULL";
        let gap = *gap;
        self.record(move |connection| {
            let applied_at = gap.applied_at.map(Timestamp::unix_ms);
            let params = (gap.from.unix_ms(), gap.to.unix_ms());
            execute(connection, SQL, &[&params.0, &params.1, &applied_at])?;
            Ok(())
        })
        .await
    }

    async fn list_unapplied(&self, limit: Limit) -> Result<Vec<Gap>, StoreError> {
        const SQL: &str = "SELECT began_at, ended_at, applied_at FROM gaps \
             WHERE applied_at IS NULL ORDER BY began_at LIMIT ?1";
        self.read(move |connection| {
            let gaps = prepare(connection, SQL)?
                .query_map([rows(limit)], gap)?
                .collect::<Result<_, _>>()?;
            Ok(gaps)
        })
        .await
    }

    async fn since(&self, until: Timestamp, limit: Limit) -> Result<Pulse, StoreError> {
        const SQL: &str = "SELECT began_at, ended_at, applied_at FROM gaps \
             WHERE applied_at IS NULL AND ended_at > ?1 ORDER BY began_at LIMIT ?2";
        self.read(move |connection| {
            let last = last(connection)?;
            let gaps = prepare(connection, SQL)?
                .query_map((until.unix_ms(), rows(limit)), gap)?
                .collect::<Result<_, _>>()?;
            Ok(Pulse { last, gaps })
        })
        .await
    }

    async fn mark_applied(&self, from: Timestamp, at: Timestamp) -> Result<(), StoreError> {
        const SQL: &str =
            "UPDATE gaps SET applied_at = ?2 WHERE began_at = ?1 AND applied_at IS NULL";
        self.record(move |connection| {
            execute(connection, SQL, &[&from.unix_ms(), &at.unix_ms()])?;
            Ok(())
        })
        .await
    }

    async fn list_gaps(&self, page: PageRequest) -> Result<Page<Gap>, StoreError> {
        const SQL: &str = "SELECT began_at, ended_at, applied_at FROM gaps \
             WHERE began_at < ?1 ORDER BY began_at DESC LIMIT ?2";
        let before = page.after.map_or(i64::MAX, Cursor::key);
        self.read(move |connection| {
            let mut items: Vec<Gap> = prepare(connection, SQL)?
                .query_map((before, rows(page.limit).saturating_add(1)), gap)?
                .collect::<Result<_, _>>()?;
            let has_more = items.len() > page.limit.get();
            items.truncate(page.limit.get());
            let next = items.last().filter(|_| has_more);
            let next = next.map(|last| Cursor::new(last.from.unix_ms(), Uuid::nil()));
            Ok(Page { items, next })
        })
        .await
    }
}
