//! Accepting an offer, which opens a deal.

use domain::digest::Digest;
use domain::id::{DealId, OfferId, RequestId};
use domain::policy::Action;
use domain::request::{AcceptOffer as Shown, Happened, Rejection};
use domain::{Asset, Network};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::offers::show_terms::{ShowTermsError, rejected};
use crate::requests::{ChangeRequestError, Once};

/// What the buyer saw and says yes to.
#[derive(Debug, Clone)]
pub struct AcceptOffer {
    /// On which request.
    pub request: RequestId,
    /// Which offer.
    pub offer: OfferId,
    /// The version that was shown.
    pub version: u32,
    /// The network that it is to be paid on.
    pub network: Network,
    /// The fingerprint of the terms that were shown.
    pub terms_hash: Digest,
}

/// Why an offer was not accepted: whatever keeps its terms from being shown, or a rule.
pub type AcceptOfferError = ShowTermsError;

impl Services {
    /// Accepts an offer exactly as it was shown, and opens the deal. Repeated, it answers with the
    /// same deal. The request is committed first: should we crash before the deal is there, the
    /// relay opens it.
    ///
    /// # Errors
    /// [`AcceptOfferError`].
    pub async fn accept_offer(
        &self,
        actor: &Actor,
        command: AcceptOffer,
        once: &Once,
    ) -> Result<DealId, AcceptOfferError> {
        let person = actor
            .person_who_may(Action::AcceptOffer)
            .map_err(|denied| ChangeRequestError::from(Failure::from(denied)))?;
        let by = person.id;
        let request = self.require_own(command.request, by).await?;
        let deal = match once.answered(&request, by)? {
            Some(seq) => accepted_by(&request, seq)?,
            None => self.commit_acceptance(by, &command, once).await?,
        };
        let request = self.find_request(command.request).await?;
        let attempt = request
            .attempt_of(deal)
            .ok_or(rejected(Rejection::NoSuchDeal))?;
        self.open_deal(request.id, attempt)
            .await
            .map_err(ChangeRequestError::from)?;
        Ok(deal)
    }

    async fn commit_acceptance(
        &self,
        by: domain::id::UserId,
        command: &AcceptOffer,
        once: &Once,
    ) -> Result<DealId, AcceptOfferError> {
        let request = self.find_request(command.request).await?;
        let offer = request
            .offer(command.offer)
            .ok_or(rejected(Rejection::NoSuchOffer))?;
        let asset = Asset::new(command.network, offer.proposal.price.token())
            .ok_or(rejected(Rejection::AssetNotOffered))?;
        let (seller, address) = self.seller_on(offer, command.network).await?;
        if !seller.may_sell {
            return Err(ShowTermsError::SellerUnavailable);
        }
        let fees = self.config.marketplace.fees;
        let shown = Shown {
            offer: command.offer,
            version: command.version,
            asset,
            terms_hash: command.terms_hash,
        };
        let accepted = self
            .change_request_once(command.request, by, once, |request, now| {
                request
                    .accept_offer(by, &shown, fees, address.clone(), now)
                    .map(|_| ())
            })
            .await?;
        accepted_by(&accepted.request, accepted.seq)
    }
}

/// The deal that the event with this number opened.
fn accepted_by(request: &domain::request::Request, seq: u64) -> Result<DealId, AcceptOfferError> {
    match request.event(seq).map(|event| &event.happened) {
        Some(Happened::OfferAccepted { deal, .. }) => Ok(*deal),
        _ => Err(rejected(Rejection::NoSuchDeal)),
    }
}
