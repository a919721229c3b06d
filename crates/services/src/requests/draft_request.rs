//! Writing a whole request at once, as programs do.

use domain::id::{RequestId, UserId};
use domain::policy::Action;
use domain::request::{Details, Request};
use storage::InsertError;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::{ChangeRequestError, Once, WriteDraftError};

impl Services {
    /// Writes a complete draft in one go. Its id follows from the person and the key, so that a
    /// repeat finds what the first one wrote, as it stands now.
    ///
    /// # Errors
    /// [`WriteDraftError`].
    pub async fn draft_request(
        &self,
        actor: &Actor,
        details: Details,
        once: &Once,
    ) -> Result<Request, WriteDraftError> {
        let person = actor
            .person_who_may(Action::ManageOwnRequests)
            .map_err(failed)?;
        let by = person.id;
        let key = once.key().as_str().as_bytes();
        let id = RequestId::derived(&[by.as_uuid().as_bytes(), b"requests/whole", key]);
        let written = self.store.requests().find(id).await.map_err(failed)?;
        if let Some(written) = written {
            return Ok(answered(written, by, once)?);
        }
        self.check_room_for_draft(by).await?;
        self.check_category(&details.what).await?;
        self.check_request_words(&details.what)
            .map_err(ChangeRequestError::from)?;
        let invited = details.conditions.invited.clone();
        self.check_sellers(&invited, by).await?;
        let now = self.now();
        let mut draft = Request::begin(id, by, now);
        let refused = ChangeRequestError::from;
        draft.write_what(by, details.what, now).map_err(refused)?;
        draft
            .write_delivery(by, details.delivery, now)
            .map_err(refused)?;
        draft
            .write_conditions(by, details.conditions, now)
            .map_err(refused)?;
        draft.invite_exactly(by, &invited, now).map_err(refused)?;
        once.remember(&mut draft, by);
        match self.store.requests().insert(&draft).await {
            Ok(()) => Ok(draft),
            // The same call at the same moment, or one with the same key.
            Err(InsertError::Exists { .. }) => {
                Ok(answered(self.find_request(id).await?, by, once)?)
            }
            Err(InsertError::Conflict { .. }) => Err(failed(Failure::Contended)),
            Err(InsertError::Store(error)) => Err(failed(error)),
        }
    }
}

/// What was written under the key before, unless that was something else. Once so much was done
/// since that the first command is forgotten, the key alone counts.
fn answered(written: Request, by: UserId, once: &Once) -> Result<Request, ChangeRequestError> {
    once.answered(&written, by)?;
    Ok(written)
}

fn failed(failure: impl Into<Failure>) -> WriteDraftError {
    WriteDraftError::Change(failure.into().into())
}
