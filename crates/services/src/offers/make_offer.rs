//! Offering on a request.

use domain::id::{OfferId, RequestId};
use domain::policy::Action;
use domain::request::{Proposal, Request};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::{ChangeRequestError, Once};

/// An offer to make.
#[derive(Debug, Clone)]
pub struct MakeOffer {
    /// On which request.
    pub request: RequestId,
    /// What is proposed.
    pub proposal: Proposal,
}

impl Services {
    /// Offers on a request. Sent twice, it makes one offer.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn make_offer(
        &self,
        actor: &Actor,
        command: MakeOffer,
        once: &Once,
    ) -> Result<OfferId, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::MakeOffer)
            .map_err(Failure::from)?;
        let by = person.id;
        let request = self.find_visible(command.request, actor).await?;
        self.check_offer_words(&command.proposal)?;
        let standing = self.seller_standing(by, request.buyer).await?;
        let fees = self.config.marketplace.fees;
        let key = once.key().as_str().as_bytes();
        let (seller, request) = (by.as_uuid(), command.request.as_uuid());
        let id = OfferId::derived(&[seller.as_bytes(), request.as_bytes(), b"offers", key]);
        self.change_request_once(command.request, by, once, |request, now| {
            let proposal = command.proposal.clone();
            request.make_offer(by, id, proposal, &standing, fees, now)
        })
        .await?;
        Ok(id)
    }

    /// A request that the caller may know of.
    pub(crate) async fn find_visible(
        &self,
        id: RequestId,
        actor: &Actor,
    ) -> Result<Request, ChangeRequestError> {
        let request = self.find_request(id).await?;
        if request.is_visible_to(actor.user_id()) {
            Ok(request)
        } else {
            Err(ChangeRequestError::NotFound)
        }
    }
}
