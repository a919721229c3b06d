//! Taking over the draft that one began before signing in.

use domain::id::RequestId;
use domain::policy::Action;
use domain::request::Request;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::{ChangeRequestError, Guest, Writer};

impl Services {
    /// Gives a guest's draft to the person who has just signed in with the same browser. Repeating
    /// it changes nothing.
    ///
    /// # Errors
    /// [`ChangeRequestError::NotFound`] when the draft is neither the guest's nor the person's.
    pub async fn claim_draft(
        &self,
        actor: &Actor,
        guest: &Guest,
        id: RequestId,
    ) -> Result<Request, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::ManageOwnRequests)
            .map_err(Failure::from)?;
        let guest = Writer::Guest(guest.clone()).owner();
        let claimed = self
            .change_request(id, |request, now| {
                if request.buyer == person.id {
                    return Ok(request.last_seq);
                }
                if request.buyer != guest {
                    return Err(ChangeRequestError::NotFound);
                }
                request.claim(guest, person.id, now)?;
                Ok(request.last_seq)
            })
            .await?;
        Ok(claimed.request)
    }
}
