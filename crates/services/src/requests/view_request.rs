//! One request, as each kind of viewer may see it.

use domain::category::Category;
use domain::id::{DealId, RequestId, UserId};
use domain::policy::Action;
use domain::postal::Place;
use domain::request::{
    Conditions, Delivery, EndedOffer, Offer, Rejection, Request, RequestStatus, SellerStanding,
    What,
};
use domain::{Role, Timestamp};

use crate::Services;
use crate::actor::{Actor, Person};
use crate::failure::Failure;
use crate::files::AttachedFile;
use crate::requests::BuyerCard;

/// A request, cut to what its viewer may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestView {
    /// Which one.
    pub id: RequestId,
    /// Its version.
    pub version: u64,
    /// Who wants it; missing when the account was closed.
    pub buyer: Option<BuyerCard>,
    /// What is asked for.
    pub what: What,
    /// Its pictures and documents, pictures first.
    pub files: Vec<AttachedFile>,
    /// The categories that it is filed in, top first.
    pub filed_in: Vec<Category>,
    /// Where it goes.
    pub delivery: DeliveryView,
    /// On which conditions.
    pub conditions: Conditions,
    /// Where it stands.
    pub status: RequestStatus,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// How many live offers there are.
    pub offers: usize,
    /// Whether offers are taken now; if not, why.
    pub takes_offers: Result<(), Rejection>,
    /// As whom the viewer sees it.
    pub seen_as: SeenAs,
}

/// Where a request goes, as much as the viewer may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryView {
    /// All of it: the buyer, and the seller who was paid for it.
    Whole(Delivery),
    /// City and country.
    Place(Place),
    /// Over the network.
    Online,
}

impl DeliveryView {
    /// What everybody may see.
    pub(crate) fn in_short(delivery: &Delivery) -> Self {
        match delivery.place() {
            Some(place) => Self::Place(place),
            None => Self::Online,
        }
    }
}

/// As whom somebody sees a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeenAs {
    /// Somebody without an account.
    Visitor,
    /// The buyer.
    Buyer {
        /// The deal that waits for its payment, runs or is over.
        deal: Option<DealId>,
    },
    /// Somebody who may sell.
    Seller {
        /// Their live offer.
        offer: Option<Box<OwnOffer>>,
        /// Their offers that ended, newest first.
        ended: Vec<EndedOffer>,
        /// Whether they may offer; if not, why.
        may_offer: Result<(), Rejection>,
        /// The deal, when theirs was accepted.
        deal: Option<DealId>,
    },
    /// Anybody else with an account.
    Other,
}

/// A seller's own live offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnOffer {
    /// The offer.
    pub offer: Offer,
    /// Whether the request changed since: it binds only after it was confirmed.
    pub is_outdated: bool,
}

/// Why a request is not shown.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ViewRequestError {
    /// There is none that the viewer may know of.
    #[error("there is no such request")]
    NotFound,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// One published request.
    ///
    /// # Errors
    /// [`ViewRequestError::NotFound`] also for what the viewer may not know of: drafts, requests
    /// kept for others, and those that are over or in a deal, unless the viewer had a part in it.
    pub async fn view_request(
        &self,
        actor: &Actor,
        id: RequestId,
    ) -> Result<RequestView, ViewRequestError> {
        actor.may(Action::ReadPublic).map_err(Failure::from)?;
        let found = self.store.requests().find(id).await;
        let request = found
            .map_err(Failure::from)?
            .ok_or(ViewRequestError::NotFound)?;
        let viewer = person(actor);
        let is_admin = viewer.is_some_and(|person| person.roles.has(Role::Admin));
        if !is_admin && !request.is_visible_to(actor.user_id()) {
            return Err(ViewRequestError::NotFound);
        }
        self.view(&request, viewer).await
    }

    async fn view(
        &self,
        request: &Request,
        viewer: Option<&Person>,
    ) -> Result<RequestView, ViewRequestError> {
        let details = request.details().ok_or(ViewRequestError::NotFound)?;
        let cards = self.buyer_cards([request.buyer]).await?;
        let catalogue = self.catalogue().await?;
        let path = catalogue.path(details.what.category);
        Ok(RequestView {
            id: request.id,
            version: request.version,
            buyer: cards.get(&request.buyer).cloned(),
            what: details.what.clone(),
            files: self.attached_files(&details.what.attachments).await?,
            filed_in: path.into_iter().cloned().collect(),
            delivery: delivery_for(request, &details.delivery, viewer),
            conditions: details.conditions.clone(),
            status: request.status(),
            published_at: request.published_at,
            offers: request.offers.len(),
            takes_offers: request.takes_offers(self.now()).map(|_| ()),
            seen_as: self.seen_as(request, viewer).await?,
        })
    }

    async fn seen_as(&self, request: &Request, viewer: Option<&Person>) -> Result<SeenAs, Failure> {
        let Some(viewer) = viewer else {
            return Ok(SeenAs::Visitor);
        };
        if viewer.id == request.buyer {
            let deal = shown_deal(request, None);
            return Ok(SeenAs::Buyer { deal });
        }
        if !request.had_part(viewer.id) && !viewer.roles.has(Role::Seller) {
            return Ok(SeenAs::Other);
        }
        let standing = self.seller_standing(viewer.id, request.buyer).await?;
        Ok(seen_as_seller(request, viewer.id, &standing, self.now()))
    }
}

fn seen_as_seller(
    request: &Request,
    seller: UserId,
    standing: &SellerStanding,
    now: Timestamp,
) -> SeenAs {
    let offer = request.offer_of(seller).map(|offer| {
        Box::new(OwnOffer {
            offer: offer.clone(),
            is_outdated: offer.edition != request.edition,
        })
    });
    let ended = request.ended_offers.iter().rev();
    SeenAs::Seller {
        offer,
        ended: ended
            .filter(|offer| offer.seller == seller)
            .cloned()
            .collect(),
        may_offer: request.may_offer(seller, standing, now),
        deal: shown_deal(request, Some(seller)),
    }
}

/// The person, when there is one; the system sees what visitors see.
const fn person(actor: &Actor) -> Option<&Person> {
    match actor {
        Actor::Person(person) => Some(person),
        Actor::Visitor | Actor::System => None,
    }
}

/// The deal that has not come to nothing; for a seller only their own.
fn shown_deal(request: &Request, seller: Option<UserId>) -> Option<DealId> {
    request
        .current_attempt()
        .filter(|attempt| seller.is_none_or(|seller| attempt.terms.seller == seller))
        .map(|attempt| attempt.deal)
}

/// City and country for everybody; the rest for those whom the request shows it.
fn delivery_for(request: &Request, delivery: &Delivery, viewer: Option<&Person>) -> DeliveryView {
    if viewer.is_some_and(|person| request.shows_address_to(person.id)) {
        return DeliveryView::Whole(delivery.clone());
    }
    DeliveryView::in_short(delivery)
}
