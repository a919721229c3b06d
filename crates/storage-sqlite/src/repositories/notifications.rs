//! Notifications.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::{NotificationId, UserId};
use rusqlite::types::Value;
use storage::{Added, Notification, Notifications, Page, PageRequest, StoreError};

use crate::document::{Document, Row};
use crate::sql::{Listing, Order, document, execute, flag, id, prepare, text, time};
use crate::store::SqliteStore;

impl Document for Notification {
    const KIND: &'static str = "notification";
    const TABLE: &'static str = "notifications";
    const COLUMNS: &'static [&'static str] = &[
        "user_id",
        "event_key",
        "created_at",
        "expires_at",
        "is_unread",
    ];

    fn key(&self) -> Value {
        id(self.id)
    }

    fn columns(&self) -> Vec<Value> {
        vec![
            id(self.user),
            text(&self.event_key),
            time(self.created_at),
            time(self.expires_at),
            flag(self.read_at.is_none()),
        ]
    }
}

#[async_trait]
impl Notifications for SqliteStore {
    async fn add(&self, notification: &Notification) -> Result<Added, StoreError> {
        let row = Row::of(notification);
        self.record(move |connection| {
            let is_new = row.add::<Notification>(connection)?;
            Ok(if is_new { Added::Now } else { Added::Before })
        })
        .await
    }

    async fn find(
        &self,
        user: UserId,
        notification: NotificationId,
    ) -> Result<Option<Notification>, StoreError> {
        const SQL: &str =
            "SELECT doc FROM notifications WHERE id = ?1 AND user_id = ?2 AND is_removed = 0";
        self.read(move |connection| document(connection, SQL, &[&id(notification), &id(user)]))
            .await
    }

    async fn list(
        &self,
        user: UserId,
        only_unread: bool,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<Notification>, StoreError> {
        let listing = Listing {
            key: "created_at",
            order: Order::Descending,
            filter: if only_unread {
                "user_id = ?4 AND is_removed = 0 AND is_unread = 1 AND expires_at > ?5"
            } else {
                "user_id = ?4 AND is_removed = 0 AND expires_at > ?5"
            },
        };
        self.read(move |connection| listing.page(connection, &[id(user), time(now)], page))
            .await
    }

    async fn count_unread(&self, user: UserId, now: Timestamp) -> Result<u64, StoreError> {
        const SQL: &str = "SELECT count(*) FROM notifications \
             WHERE user_id = ?1 AND is_removed = 0 AND is_unread = 1 AND expires_at > ?2";
        self.read(move |connection| {
            let unread: i64 =
                prepare(connection, SQL)?.query_row((id(user), now.unix_ms()), |row| row.get(0))?;
            Ok(unread.unsigned_abs())
        })
        .await
    }

    async fn mark_read(
        &self,
        user: UserId,
        notification: NotificationId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        // The document is read again only to keep the time of the first reading.
        const SQL: &str = "UPDATE notifications SET is_unread = 0, \
             doc = json_set(doc, '$.read_at', coalesce(doc ->> '$.read_at', ?3)) \
             WHERE id = ?1 AND user_id = ?2 AND is_removed = 0";
        self.record(move |connection| {
            let params = (id(notification), id(user), at.unix_ms());
            let found = execute(connection, SQL, &[&params.0, &params.1, &params.2])?;
            Ok(found == 1)
        })
        .await
    }

    async fn mark_all_read(&self, user: UserId, at: Timestamp) -> Result<u64, StoreError> {
        const SQL: &str = "UPDATE notifications SET is_unread = 0, \
             doc = json_set(doc, '$.read_at', ?2) \
             WHERE user_id = ?1 AND is_removed = 0 AND is_unread = 1 AND created_at <= ?2";
        self.record(move |connection| {
            let read = execute(connection, SQL, &[&id(user), &at.unix_ms()])?;
            Ok(u64::try_from(read).unwrap_or(u64::MAX))
        })
        .await
    }

    async fn remove(&self, user: UserId, notification: NotificationId) -> Result<bool, StoreError> {
        const SQL: &str = "UPDATE notifications SET is_removed = 1 \
             WHERE id = ?1 AND user_id = ?2 AND is_removed = 0";
        self.record(move |connection| {
            Ok(execute(connection, SQL, &[&id(notification), &id(user)])? == 1)
        })
        .await
    }
}
