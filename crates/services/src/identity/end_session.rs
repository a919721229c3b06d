//! Ending one of one's other sessions.

use domain::id::SessionId;
use domain::policy::Action;
use storage::RevocationReason;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// Why no session was ended.
#[derive(Debug, Clone, thiserror::Error)]
pub enum EndSessionError {
    /// The person has no such session, or it was over.
    #[error("there is no such session")]
    NotFound,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Ends one session of the person.
    ///
    /// # Errors
    /// [`EndSessionError`]; somebody else's session is not found.
    pub async fn end_session(&self, actor: &Actor, id: SessionId) -> Result<(), EndSessionError> {
        let person = actor
            .person_who_may(Action::EndOwnSession)
            .map_err(Failure::from)?;
        let sessions = self.store.sessions();
        let known = sessions.find(id).await.map_err(Failure::from)?;
        if known.is_none_or(|session| session.user != person.id) {
            return Err(EndSessionError::NotFound);
        }
        let reason = if id == person.session {
            RevocationReason::SignedOut
        } else {
            RevocationReason::EndedElsewhere
        };
        let ended = sessions.revoke(id, self.revocation(reason)).await;
        if ended.map_err(Failure::from)? {
            Ok(())
        } else {
            Err(EndSessionError::NotFound)
        }
    }
}
