//! Suspending somebody, and lifting it.

use domain::User;
use domain::id::UserId;
use domain::policy::{Action, Denied};
use domain::text::Line;
use domain::user::UserRejection;

use crate::Services;
use crate::actor::Actor;
use crate::audit::Audited;
use crate::failure::Failure;
use crate::people::ChangeUserError;
use crate::record::Record;

impl Services {
    /// Suspends an account, with a reason for the log, and holds the person's open deals, in which
    /// they may still act. May be repeated: what a crash left out is held then.
    ///
    /// Lifting the suspension lifts no hold: that takes two admins, or the hold lapses by itself.
    ///
    /// # Errors
    /// [`ChangeUserError`]; nobody suspends themselves or another admin.
    pub async fn suspend_user(
        &self,
        actor: &Actor,
        id: UserId,
        reason: Line<200>,
    ) -> Result<User, ChangeUserError> {
        let admin = actor
            .person_who_may(Action::SuspendUser)
            .map_err(Failure::from)?;
        let before = self.find_user(id).await?;
        if admin.id == id || before.roles.has(domain::Role::Admin) {
            return Err(Failure::Denied(Denied::Forbidden).into());
        }
        let record =
            |before: &User, after: &User| vec![self.suspension(admin.id, before, after, &reason)];
        let suspended = self.change_user_on_record(before.clone(), User::suspend, record);
        let after = match suspended.await {
            Ok(after) => after,
            Err(ChangeUserError::Rejected(UserRejection::Suspended)) => before,
            Err(error) => return Err(error),
        };
        self.hold_deals_of(id).await?;
        Ok(after)
    }

    /// Lifts a suspension, with a reason for the log.
    ///
    /// # Errors
    /// [`ChangeUserError`].
    pub async fn reinstate_user(
        &self,
        actor: &Actor,
        id: UserId,
        reason: Line<200>,
    ) -> Result<User, ChangeUserError> {
        let admin = actor
            .person_who_may(Action::SuspendUser)
            .map_err(Failure::from)?;
        let before = self.find_user(id).await?;
        let record =
            |before: &User, after: &User| vec![self.suspension(admin.id, before, after, &reason)];
        self.change_user_on_record(before, User::reinstate, record)
            .await
    }

    fn suspension(&self, admin: UserId, before: &User, after: &User, reason: &Line<200>) -> Record {
        self.entry_of(&Audited {
            actor: Some(admin),
            action: Action::SuspendUser,
            before: Some(before),
            after,
            reason: Some(reason.as_str()),
        })
    }
}
