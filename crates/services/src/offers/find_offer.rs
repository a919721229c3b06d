//! On which request an offer was made.

use domain::id::{OfferId, RequestId};
use domain::policy::Action;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::ChangeRequestError;

impl Services {
    /// The request of an offer that the caller made or was made: for doors that name the offer
    /// alone. `then` is what the caller is about to do with it.
    ///
    /// # Errors
    /// [`ChangeRequestError::NotFound`] also for offers between others.
    pub async fn request_of_offer(
        &self,
        actor: &Actor,
        then: Action,
        offer: OfferId,
    ) -> Result<RequestId, ChangeRequestError> {
        let person = actor.person_who_may(then).map_err(Failure::from)?;
        let found = self.store.requests().find_with_offer(offer).await;
        let found = found.map_err(Failure::from)?;
        let found = found.ok_or(ChangeRequestError::NotFound)?;
        let request = self.find_request(found.id).await?;
        if request.buyer == person.id || request.had_part(person.id) {
            Ok(request.id)
        } else {
            Err(ChangeRequestError::NotFound)
        }
    }
}
