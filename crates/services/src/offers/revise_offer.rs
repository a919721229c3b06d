//! Changing an offer, or standing by it after the request changed.

use domain::id::{OfferId, RequestId};
use domain::policy::Action;
use domain::request::{Proposal, Request};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::{ChangeRequestError, Once};

/// An offer as it should be.
#[derive(Debug, Clone)]
pub struct ReviseOffer {
    /// On which request.
    pub request: RequestId,
    /// Which offer.
    pub offer: OfferId,
    /// The version that the form showed.
    pub version: u32,
    /// What is proposed now.
    pub proposal: Proposal,
}

impl Services {
    /// Changes an offer; its version rises, so that nobody accepts what it was before.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn revise_offer(
        &self,
        actor: &Actor,
        command: ReviseOffer,
        once: &Once,
    ) -> Result<Request, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::MakeOffer)
            .map_err(Failure::from)?;
        let by = person.id;
        let request = self.find_visible(command.request, actor).await?;
        self.check_offer_words(&command.proposal)?;
        let standing = self.seller_standing(by, request.buyer).await?;
        let fees = self.config.marketplace.fees;
        let (offer, version) = (command.offer, command.version);
        let revised = self
            .change_request_once(command.request, by, once, |request, now| {
                let proposal = command.proposal.clone();
                request.revise_offer(by, offer, version, proposal, &standing, fees, now)
            })
            .await?;
        Ok(revised.request)
    }
}
