//! People whom somebody wants nothing to do with.

use domain::UserStatus;
use domain::id::UserId;
use domain::policy::Action;
use domain::user::UserRejection;
use storage::Limit;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::people::ChangeUserError;

/// Somebody who is blocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockedPerson {
    /// Who.
    pub id: UserId,
    /// What they are called; none has closed the account.
    pub name: Option<String>,
}

impl Services {
    /// Blocks somebody: they can neither offer on the caller's requests nor invite the caller, and
    /// are not told why. Deals that run go on. Repeating it is no harm.
    ///
    /// # Errors
    /// [`ChangeUserError`]; somebody who is not there cannot be blocked.
    pub async fn block_person(&self, actor: &Actor, other: UserId) -> Result<(), ChangeUserError> {
        let person = actor.person_who_may(Action::BlockPerson);
        let person = person.map_err(Failure::from)?;
        let found = self.store.users().find(other).await;
        let is_there = found
            .map_err(Failure::from)?
            .is_some_and(|user| user.status != UserStatus::Deleted);
        if !is_there {
            return Err(UserRejection::Deleted.into());
        }
        let user = self.find_user(person.id).await?;
        self.change_user(user, |user, now| user.block(other, now))
            .await?;
        Ok(())
    }

    /// Lifts a block. Repeating it is no harm.
    ///
    /// # Errors
    /// [`ChangeUserError`].
    pub async fn unblock_person(
        &self,
        actor: &Actor,
        other: UserId,
    ) -> Result<(), ChangeUserError> {
        let person = actor.person_who_may(Action::BlockPerson);
        let person = person.map_err(Failure::from)?;
        let user = self.find_user(person.id).await?;
        self.change_user(user, |user, now| user.unblock(other, now))
            .await?;
        Ok(())
    }

    /// Who is blocked, the last one first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_blocked(&self, actor: &Actor) -> Result<Vec<BlockedPerson>, Failure> {
        let person = actor.person_who_may(Action::BlockPerson)?;
        let user = self.find_user(person.id).await?;
        let mut known = Vec::new();
        for some in user.blocked.chunks(Limit::MAX.get()) {
            known.extend(self.store.users().find_many(some).await?);
        }
        let name_of = |id: UserId| {
            let found = known.iter().find(|user| user.id == id);
            let open = found.filter(|user| user.status != UserStatus::Deleted);
            open.map(domain::User::display_name)
        };
        let blocked = user.blocked.iter().rev();
        Ok(blocked
            .map(|id| BlockedPerson {
                id: *id,
                name: name_of(*id),
            })
            .collect())
    }

    /// Whether somebody has blocked another.
    pub(crate) async fn has_blocked(&self, who: UserId, other: UserId) -> Result<bool, Failure> {
        let user = self.store.users().find(who).await?;
        Ok(user.is_some_and(|user| user.has_blocked(other)))
    }
}
