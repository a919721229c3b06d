//! Marking notifications as read, and taking them out.

use domain::id::NotificationId;
use domain::policy::Action;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// Why a notification stays as it is.
#[derive(Debug, Clone, thiserror::Error)]
pub enum MarkReadError {
    /// The person has no such notification.
    #[error("there is no such notification")]
    NotFound,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Marks one as read and says where it leads. Reading it again changes nothing.
    ///
    /// # Errors
    /// [`MarkReadError`]; somebody else's is not found.
    pub async fn mark_notification_read(
        &self,
        actor: &Actor,
        id: NotificationId,
    ) -> Result<Option<String>, MarkReadError> {
        let person = actor
            .person_who_may(Action::ManageNotifications)
            .map_err(Failure::from)?;
        let notifications = self.store.notifications();
        let known = notifications.find(person.id, id).await;
        let known = known.map_err(Failure::from)?;
        let known = known.ok_or(MarkReadError::NotFound)?;
        let marked = notifications.mark_read(person.id, id, self.now()).await;
        marked.map_err(Failure::from)?;
        Ok(known.action_path)
    }

    /// Marks all as read, and says how many were not.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn mark_all_notifications_read(&self, actor: &Actor) -> Result<u64, Failure> {
        let person = actor.person_who_may(Action::ManageNotifications)?;
        let notifications = self.store.notifications();
        Ok(notifications.mark_all_read(person.id, self.now()).await?)
    }

    /// Takes one out of the person's list.
    ///
    /// # Errors
    /// [`MarkReadError`].
    pub async fn remove_notification(
        &self,
        actor: &Actor,
        id: NotificationId,
    ) -> Result<(), MarkReadError> {
        let person = actor
            .person_who_may(Action::ManageNotifications)
            .map_err(Failure::from)?;
        let removed = self.store.notifications().remove(person.id, id).await;
        if removed.map_err(Failure::from)? {
            Ok(())
        } else {
            Err(MarkReadError::NotFound)
        }
    }
}
