//! The terms that a buyer is about to accept.

use domain::deal::{Destination, Terms};
use domain::digest::Digest;
use domain::id::{OfferId, RequestId};
use domain::policy::Action;
use domain::request::{Offer, Rejection, Request};
use domain::{Asset, Network, UserStatus};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::offers::Hindrance;
use crate::offers::compare_offers::without_notes;
use crate::offers::seller_standing::address_on;
use crate::requests::{ChangeRequestError, SellerCard};

/// Terms, exactly as accepting binds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownTerms {
    /// The request.
    pub request: Request,
    /// The offer, without its seller's own notes.
    pub offer: Offer,
    /// Who offers.
    pub seller: SellerCard,
    /// What both would agree to.
    pub terms: Terms,
    /// Their fingerprint; accepting names it.
    pub hash: Digest,
    /// What keeps the offer from being accepted now, if anything does.
    pub hindrance: Option<Hindrance>,
}

/// Why terms cannot be shown.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ShowTermsError {
    /// The seller may not trade now, or has no address on this network any more.
    #[error("this seller cannot be paid on this network now; choose another")]
    SellerUnavailable,
    /// No such request, offer or way to pay.
    #[error(transparent)]
    Change(#[from] ChangeRequestError),
}

impl ShowTermsError {
    /// A stable word for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::SellerUnavailable => "SELLER_UNAVAILABLE",
            Self::Change(error) => error.code(),
        }
    }
}

impl Services {
    /// The terms of an offer on one's own request, paid on `network`.
    ///
    /// # Errors
    /// [`ShowTermsError`].
    pub async fn show_terms(
        &self,
        actor: &Actor,
        request: RequestId,
        offer: OfferId,
        network: Network,
    ) -> Result<ShownTerms, ShowTermsError> {
        let person = actor
            .person_who_may(Action::AcceptOffer)
            .map_err(|denied| ChangeRequestError::from(Failure::from(denied)))?;
        let request = self.require_own(request, person.id).await?;
        let offer = request
            .offer(offer)
            .ok_or(rejected(Rejection::NoSuchOffer))?;
        let (seller, address) = self.seller_on(offer, network).await?;
        let asset = Asset::new(network, offer.proposal.price.token())
            .ok_or(rejected(Rejection::AssetNotOffered))?;
        let fees = self.config.marketplace.fees;
        let terms = request
            .terms_for(offer.id, asset, fees, address)
            .map_err(rejected)?;
        Ok(ShownTerms {
            hash: terms.hash(),
            hindrance: self.hindrance(&request, offer, Some(&seller)),
            offer: without_notes(offer),
            seller,
            terms,
            request,
        })
    }

    /// The seller of an offer and where a new deal on `network` pays them.
    pub(crate) async fn seller_on(
        &self,
        offer: &Offer,
        network: Network,
    ) -> Result<(SellerCard, Destination), ShowTermsError> {
        let failed = |failure: Failure| ShowTermsError::Change(failure.into());
        let found = self.store.users().find(offer.seller).await;
        let user = found
            .map_err(|error| failed(error.into()))?
            .filter(|user| user.status != UserStatus::Deleted)
            .ok_or(ShowTermsError::SellerUnavailable)?;
        let address =
            address_on(&user, network, self.now()).ok_or(ShowTermsError::SellerUnavailable)?;
        let card = self.seller_card(&user).await.map_err(failed)?;
        Ok((card, address))
    }
}

pub(crate) fn rejected(rejection: Rejection) -> ShowTermsError {
    ShowTermsError::Change(rejection.into())
}
