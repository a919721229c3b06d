//! Signing out, here and everywhere.

use domain::policy::Action;
use storage::{Revocation, RevocationReason};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::people::ChangeUserError;

impl Services {
    /// Ends the session that the request came with.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn sign_out(&self, actor: &Actor) -> Result<(), Failure> {
        let person = actor.person_who_may(Action::EndOwnSession)?;
        self.store
            .sessions()
            .revoke(person.session, self.revocation(RevocationReason::SignedOut))
            .await?;
        Ok(())
    }

    /// Ends every session of the person, this one included.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn sign_out_everywhere(&self, actor: &Actor) -> Result<(), Failure> {
        let person = actor.person_who_may(Action::EndOwnSession)?;
        let user = self.find_user(person.id).await?;
        // The account's own mark ends them, even if this stops half-way.
        self.change_user(user, |user, now| Ok(user.end_sessions(now)))
            .await
            .map_err(ChangeUserError::into_failure)?;
        let how = self.revocation(RevocationReason::SignedOut);
        self.store
            .sessions()
            .revoke_all(person.id, None, how)
            .await?;
        Ok(())
    }

    pub(crate) fn revocation(&self, reason: RevocationReason) -> Revocation {
        Revocation {
            at: self.now(),
            reason,
        }
    }
}
