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
        let after = match self.change_user(before.clone(), User::suspend).await {
            Ok(after) => {
                self.audit_suspension(admin.id, &before, &after, &reason)
                    .await?;
                after
            }
            Err(ChangeUserError::Rejected(UserRejection::Suspended)) => before,
            Err(error) => return Err(error),
        };
        // The parties read a hold's reason; the log has the one that was given here.
        let told = Line::new("An account in this deal is under review")
            .expect("a constant sentence is a line");
        self.hold_deals_of(id, admin.id, &told).await?;
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
