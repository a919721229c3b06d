//! Roles of others: those of staff take two admins.

use domain::id::UserId;
use domain::policy::Action;
use domain::text::Line;
use domain::{Role, Roles, User, UserStatus};

use crate::Services;
use crate::actor::Actor;
use crate::audit::Audited;
use crate::failure::Failure;
use crate::people::ChangeUserError;

impl Services {
    /// Gives exactly these roles, with a reason for the log. Where a role of staff changes hands,
    /// the first admin's word waits for a second one who asks for the same.
    ///
    /// # Errors
    /// [`ChangeUserError`].
    pub async fn give_roles(
        &self,
        actor: &Actor,
        id: UserId,
        roles: Roles,
        reason: Line<200>,
    ) -> Result<User, ChangeUserError> {
        let admin = actor.person_who_may(Action::SetRoles);
        let admin = admin.map_err(Failure::from)?.id;
        let before = self.find_user(id).await?;
        let gone = self.first_key_is_gone(&before).await?;
        let give = |user: &User, now| {
            let first = user.proposed_roles.as_ref().map(|proposed| proposed.by);
            if first.is_some() && first == gone {
                let user = user.without_proposed_roles();
                return user.give_roles(roles, admin, &reason, now);
            }
            user.give_roles(roles, admin, &reason, now)
        };
        let records = |before: &User, after: &User| {
            vec![self.entry_of(&Audited {
                actor: Some(admin),
                action: Action::SetRoles,
                before: Some(before),
                after,
                reason: Some(reason.as_str()),
            })]
        };
        let after = self.change_user_on_record(before, give, records).await?;
        if after.proposed_roles.is_some() {
            self.tell_of_proposal(&after).await?;
        }
        Ok(after)
    }

    /// Whoever proposed the roles that wait, if they may no longer give any: a key turned in an
    /// office that somebody lost opens nothing.
    async fn first_key_is_gone(&self, user: &User) -> Result<Option<UserId>, ChangeUserError> {
        let Some(proposed) = &user.proposed_roles else {
            return Ok(None);
        };
        let first = self.find_user(proposed.by).await?;
        let is_admin = first.status == UserStatus::Active && first.roles.has(Role::Admin);
        Ok((!is_admin).then_some(proposed.by))
    }

    /// Drops what waits for a second admin, with a reason for the log.
    ///
    /// # Errors
    /// [`ChangeUserError`].
    pub async fn drop_proposed_roles(
        &self,
        actor: &Actor,
        id: UserId,
        reason: Line<200>,
    ) -> Result<User, ChangeUserError> {
        let admin = actor.person_who_may(Action::SetRoles);
        let admin = admin.map_err(Failure::from)?.id;
        let before = self.find_user(id).await?;
        let drop = |user: &User, now| user.drop_proposed_roles(admin, now);
        let records = |before: &User, after: &User| {
            vec![self.entry_of(&Audited {
                actor: Some(admin),
                action: Action::SetRoles,
                before: Some(before),
                after,
                reason: Some(reason.as_str()),
            })]
        };
        self.change_user_on_record(before, drop, records).await
    }
}
