//! Reading what one was told.

use domain::id::NotificationId;
use domain::notification::{NotificationKind, NotificationTopic};
use domain::policy::Action;
use domain::{Language, Timestamp};
use storage::{Notification, Page, PageRequest};
use uuid::Uuid;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::notifications::{MarkReadError, Message};

/// Which notifications are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// All.
    All,
    /// Those that were not read.
    Unread,
}

/// A notification, worded for its reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationView {
    /// Which one.
    pub id: NotificationId,
    /// How it is shown.
    pub kind: NotificationKind,
    /// What it belongs to.
    pub topic: NotificationTopic,
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub message: String,
    /// The request, deal or dispute that it is about.
    pub related: Option<Uuid>,
    /// The page to open, as a path of our own.
    pub action_path: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Whether it was read.
    pub is_read: bool,
}

impl Services {
    /// What the person was told, newest first, in `language`.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_notifications(
        &self,
        actor: &Actor,
        shown: Shown,
        language: Language,
        page: PageRequest,
    ) -> Result<Page<NotificationView>, Failure> {
        let person = actor.person_who_may(Action::ManageNotifications)?;
        let only_unread = shown == Shown::Unread;
        let notifications = self.store.notifications();
        let read = notifications
            .list(person.id, only_unread, self.now(), page)
            .await?;
        let next = read.next;
        let items = read.items.into_iter();
        Ok(Page {
            items: items.filter_map(|one| view(one, language)).collect(),
            next,
        })
    }

    /// One thing that the person was told, in `language`.
    ///
    /// # Errors
    /// [`MarkReadError`]; somebody else's is not found.
    pub async fn view_notification(
        &self,
        actor: &Actor,
        id: NotificationId,
        language: Language,
    ) -> Result<NotificationView, MarkReadError> {
        let person = actor
            .person_who_may(Action::ManageNotifications)
            .map_err(Failure::from)?;
        let found = self.store.notifications().find(person.id, id).await;
        let found = found.map_err(Failure::from)?;
        let live = found.filter(|one| one.expires_at > self.now());
        live.and_then(|one| view(one, language))
            .ok_or(MarkReadError::NotFound)
    }

    /// How much of it is unread.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn count_unread_notifications(&self, actor: &Actor) -> Result<u64, Failure> {
        let person = actor.person_who_may(Action::ManageNotifications)?;
        let notifications = self.store.notifications();
        Ok(notifications.count_unread(person.id, self.now()).await?)
    }
}

fn view(one: Notification, language: Language) -> Option<NotificationView> {
    let Some(message) = Message::from_stored(&one.message, &one.params) else {
        // A node of another version wrote it; that one can show it.
        tracing::warn!(message = one.message, "a notification of another version");
        return None;
    };
    let wording = message.worded(language);
    Some(NotificationView {
        id: one.id,
        kind: one.kind,
        topic: one.topic,
        title: wording.title,
        message: wording.body,
        related: one.related,
        action_path: one.action_path,
        created_at: one.created_at,
        is_read: one.read_at.is_some(),
    })
}
