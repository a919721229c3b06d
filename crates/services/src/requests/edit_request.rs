//! Changing a published request.

use domain::digest::Digest;
use domain::id::RequestId;
use domain::policy::Action;
use domain::prohibited::Verdict;
use domain::request::{Details, Request};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::{ChangeRequestError, Once};

/// A request as it should be.
#[derive(Debug, Clone)]
pub struct EditRequest {
    /// Which one.
    pub id: RequestId,
    /// The digest of the details that the form showed.
    pub seen: Digest,
    /// What they should be.
    pub details: Details,
}

impl Services {
    /// Changes a published request. Offers on it stay; see [`Request::edit`]. Doubtful words put it before
    /// staff, who can hide it.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn edit_request(
        &self,
        actor: &Actor,
        command: EditRequest,
        once: &Once,
    ) -> Result<Request, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::ManageOwnRequests)
            .map_err(Failure::from)?;
        let read = self.find_request(command.id).await?;
        if read.buyer != person.id {
            return Err(ChangeRequestError::NotFound);
        }
        let filed_in = self.filing(&command.details.what).await?;
        let verdict = self.check_request_words(&command.details.what)?;
        let edited = self
            .change_request_once(command.id, person.id, once, |request, now| {
                let details = command.details.clone();
                request.edit(person.id, command.seen, details, &filed_in, now)
            })
            .await?;
        if verdict == Verdict::Doubtful {
            self.report_words(&edited.request).await?;
        }
        Ok(edited.request)
    }
}
