//! Taking an offer back.

use domain::id::{OfferId, RequestId};
use domain::policy::Action;
use domain::request::Request;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::{ChangeRequestError, Once};

impl Services {
    /// Takes an offer of one's own back, as long as it is not accepted.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn withdraw_offer(
        &self,
        actor: &Actor,
        request: RequestId,
        offer: OfferId,
        once: &Once,
    ) -> Result<Request, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::WithdrawOffer)
            .map_err(Failure::from)?;
        let by = person.id;
        self.find_visible(request, actor).await?;
        let withdrawn = self
            .change_request_once(request, by, once, |request, now| {
                request.withdraw_offer(by, offer, now)
            })
            .await?;
        Ok(withdrawn.request)
    }
}
