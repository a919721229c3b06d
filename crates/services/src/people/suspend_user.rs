//! Suspending somebody, and lifting it.

use domain::User;
use domain::id::UserId;
use domain::policy::{Action, Denied};
use domain::text::Line;

use crate::Services;
use crate::actor::Actor;
use crate::audit::Audited;
use crate::failure::Failure;
use crate::people::ChangeUserError;

impl Services {
    /// Suspends an account, with a reason for the log. The person's open deals are held by what
    /// follows from it; they may still act in them.
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
        let after = self.change_user(before.clone(), User::suspend).await?;
        self.audit_suspension(admin.id, &before, &after, &reason)
            .await?;
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
        let after = self.change_user(before.clone(), User::reinstate).await?;
        self.audit_suspension(admin.id, &before, &after, &reason)
            .await?;
        Ok(after)
    }

    async fn audit_suspension(
        &self,
        admin: UserId,
        before: &User,
        after: &User,
        reason: &Line<200>,
    ) -> Result<(), Failure> {
        self.audit(Audited {
            actor: Some(admin),
            action: Action::SuspendUser,
            before: Some(before),
            after,
            reason: Some(reason.as_str()),
        })
        .await
    }
}
