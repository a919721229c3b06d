//! Those who help or judge people cannot suspend anybody; they propose it to the admins.

use domain::User;
use domain::id::UserId;
use domain::policy::Action;
use domain::text::Line;

use crate::Services;
use crate::actor::Actor;
use crate::audit::Audited;
use crate::failure::Failure;
use crate::notifications::Message;
use crate::people::ChangeUserError;
use crate::record::Record;

impl Services {
    /// Proposes that somebody is suspended, with a reason for the admins and the log.
    ///
    /// # Errors
    /// [`ChangeUserError`].
    pub async fn propose_suspension(
        &self,
        actor: &Actor,
        id: UserId,
        reason: Line<200>,
    ) -> Result<User, ChangeUserError> {
        let person = actor.person_who_may(Action::ProposeSuspension);
        let by = person.map_err(Failure::from)?.id;
        let before = self.find_user(id).await?;
        let propose = |user: &User, now| user.propose_suspension(by, &reason, now);
        let records = |before: &User, after: &User| {
            vec![self.proposal(by, Action::ProposeSuspension, before, after, &reason)]
        };
        let after = self.change_user_on_record(before, propose, records).await?;
        self.tell_of_proposal(&after).await?;
        Ok(after)
    }

    /// Tells every admin that something was proposed. Whoever is not told, because of a crash, finds
    /// it among what waits.
    pub(crate) async fn tell_of_proposal(&self, person: &User) -> Result<(), Failure> {
        let event = format!("proposal:{}:{}", person.id, person.version);
        let name = person.display_name();
        self.tell_admins(&event, Message::PersonToDecide { name })
            .await
    }

    /// Sets a proposal to suspend aside, with a reason for the log.
    ///
    /// # Errors
    /// [`ChangeUserError`].
    pub async fn drop_proposed_suspension(
        &self,
        actor: &Actor,
        id: UserId,
        reason: Line<200>,
    ) -> Result<User, ChangeUserError> {
        let person = actor.person_who_may(Action::SuspendUser);
        let by = person.map_err(Failure::from)?.id;
        let before = self.find_user(id).await?;
        let records = |before: &User, after: &User| {
            vec![self.proposal(by, Action::SuspendUser, before, after, &reason)]
        };
        let drop = |user: &User, now| user.drop_proposed_suspension(by, now);
        self.change_user_on_record(before, drop, records).await
    }

    fn proposal(
        &self,
        by: UserId,
        action: Action,
        before: &User,
        after: &User,
        reason: &Line<200>,
    ) -> Record {
        self.entry_of(&Audited {
            actor: Some(by),
            action,
            before: Some(before),
            after,
            reason: Some(reason.as_str()),
        })
    }
}
