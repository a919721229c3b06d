//! What people were told, kept for a while.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::{NotificationId, UserId};
use domain::notification::{NotificationKind, NotificationTopic};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Added, Page, PageRequest, StoreError};

/// One thing that one person was told. The text is made when it is shown, in the language that the
/// person reads then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    /// Which one.
    pub id: NotificationId,
    /// Who is told.
    pub user: UserId,
    /// What it tells of, such as `deal:<id>:17`. A person is told of one event once, however often
    /// it is relayed.
    pub event_key: String,
    /// How it is shown.
    pub kind: NotificationKind,
    /// What it belongs to; preferences go by it.
    pub topic: NotificationTopic,
    /// Which text it is.
    pub message: String,
    /// What stands in the gaps of the text.
    pub params: BTreeMap<String, String>,
    /// The request, deal or dispute that it is about.
    pub related: Option<Uuid>,
    /// The page to open, as a path of our own.
    pub action_path: Option<String>,
    /// When it was made; lists go by it.
    pub created_at: Timestamp,
    /// When the person read it.
    pub read_at: Option<Timestamp>,
    /// When it is forgotten.
    pub expires_at: Timestamp,
}

/// Notifications. Every method is one person's view: nobody reaches another's by its id.
#[async_trait]
pub trait Notifications: Send + Sync {
    /// Tells a person something, once: neither the same id nor the same event is added again, not
    /// even after the person removed it.
    async fn add(&self, notification: &Notification) -> Result<Added, StoreError>;

    /// One of the person's notifications.
    async fn find(
        &self,
        user: UserId,
        id: NotificationId,
    ) -> Result<Option<Notification>, StoreError>;

    /// What the person was told and has not expired at `now`, newest first; on request only what
    /// is unread.
    async fn list(
        &self,
        user: UserId,
        only_unread: bool,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<Notification>, StoreError>;

    /// How much of it is unread at `now`.
    async fn count_unread(&self, user: UserId, now: Timestamp) -> Result<u64, StoreError>;

    /// Marks one as read, and says whether the person has such a one. The first time counts.
    async fn mark_read(
        &self,
        user: UserId,
        id: NotificationId,
        at: Timestamp,
    ) -> Result<bool, StoreError>;

    /// Marks all as read that were made up to `at`, and says how many were not.
    async fn mark_all_read(&self, user: UserId, at: Timestamp) -> Result<u64, StoreError>;

    /// Takes one out of the person's list, and says whether it was there.
    async fn remove(&self, user: UserId, id: NotificationId) -> Result<bool, StoreError>;
}
