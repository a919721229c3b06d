//! The offers on one's own request, side by side.

use domain::id::RequestId;
use domain::policy::Action;
use domain::request::{LiveStatus, Offer, Request};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::files::AttachedFile;
use crate::requests::{ChangeRequestError, SellerCard};

/// The offers on a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The request.
    pub request: Request,
    /// Live offers, cheapest first; the seller's own notes are not in them.
    pub offers: Vec<ComparedOffer>,
}

/// One offer, as its buyer sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedOffer {
    /// The offer.
    pub offer: Offer,
    /// Its pictures and documents.
    pub files: Vec<AttachedFile>,
    /// Who offers; missing when the account was closed.
    pub seller: Option<SellerCard>,
    /// What keeps it from being accepted now, if anything does.
    pub hindrance: Option<Hindrance>,
}

/// What keeps an offer from being accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// It is accepted already.
    Accepted,
    /// The request changed since; the seller has to look again.
    Outdated,
    /// It stood until now.
    Expired,
    /// Its seller may not trade now.
    SellerAway,
}

impl Services {
    /// The live offers on one's own request, with their sellers.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn compare_offers(
        &self,
        actor: &Actor,
        id: RequestId,
    ) -> Result<Comparison, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::ReadOwnRequests)
            .map_err(Failure::from)?;
        let request = self.require_own(id, person.id).await?;
        let sellers: Vec<_> = request.offers.iter().map(|offer| offer.seller).collect();
        let cards = self.seller_cards(sellers).await?;
        let shown = request.offers.iter();
        let shown = shown.flat_map(|offer| offer.proposal.attachments.iter().copied());
        let files = self.attached_files(&shown.collect::<Vec<_>>()).await?;
        let files_of = |offer: &Offer| {
            let own = |file: &&AttachedFile| offer.proposal.attachments.contains(&file.id);
            files.iter().filter(own).cloned().collect()
        };
        let mut offers: Vec<ComparedOffer> = request
            .offers
            .iter()
            .map(|offer| {
                let seller = cards.get(&offer.seller).cloned();
                ComparedOffer {
                    hindrance: self.hindrance(&request, offer, seller.as_ref()),
                    offer: without_notes(offer),
                    files: files_of(offer),
                    seller,
                }
            })
            .collect();
        offers.sort_by_key(|one| {
            let price = one.offer.proposal.price;
            (price.millionths(), one.offer.made_at, one.offer.id)
        });
        Ok(Comparison { request, offers })
    }

    pub(crate) fn hindrance(
        &self,
        request: &Request,
        offer: &Offer,
        seller: Option<&SellerCard>,
    ) -> Option<Hindrance> {
        if offer.status == LiveStatus::Accepted {
            Some(Hindrance::Accepted)
        } else if offer.is_over(self.now()) {
            Some(Hindrance::Expired)
        } else if offer.edition != request.edition {
            Some(Hindrance::Outdated)
        } else if seller.is_none_or(|seller| !seller.may_sell) {
            Some(Hindrance::SellerAway)
        } else {
            None
        }
    }
}

/// The notes of an offer are its seller's own.
pub(crate) fn without_notes(offer: &Offer) -> Offer {
    let mut shown = offer.clone();
    shown.proposal.notes = None;
    shown
}
