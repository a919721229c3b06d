//! What a seller can offer on.

use std::collections::BTreeSet;

use domain::id::RequestId;
use domain::policy::Action;
use domain::request::offer::NEW_SELLER_OFFERS_MAX;
use storage::{Browse, Limit, Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::Card;

/// A page of what a seller can offer on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Requests for which the seller was asked by name; on the first page only.
    pub invitations: Vec<FeedEntry>,
    /// Requests that are for everybody.
    pub open: Page<FeedEntry>,
    /// Live offers of the seller on all requests together.
    pub open_offers: u64,
    /// How many there may be, while the seller is new.
    pub open_offers_max: Option<u32>,
}

/// A request, and whether the seller is in it already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// The request with its buyer.
    pub card: Card,
    /// Whether the seller has a live offer on it.
    pub has_offer: bool,
    /// Whether it is the seller's own request.
    pub is_own: bool,
}

impl Services {
    /// What the seller can offer on, newest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn read_feed(
        &self,
        actor: &Actor,
        browse: &Browse,
        page: PageRequest,
    ) -> Result<Feed, Failure> {
        let person = actor.person_who_may(Action::ReadFeed)?;
        let seller = person.id;
        let requests = self.store.requests();
        let live = requests
            .list_offered(seller, true, PageRequest::first(Limit::MAX))
            .await?;
        let offered: BTreeSet<RequestId> = live
            .items
            .iter()
            .map(|offered| offered.request.id)
            .collect();
        let entry = |card: Card| FeedEntry {
            has_offer: offered.contains(&card.request.id),
            is_own: card.request.buyer == seller,
            card,
        };
        let mut invitations = Vec::new();
        if page.after.is_none() {
            let inviting = requests
                .list_inviting(seller, PageRequest::first(Limit::MAX))
                .await?;
            let cards = self.with_buyers(inviting).await?;
            invitations.extend(cards.items.into_iter().map(entry));
        }
        let open = requests.browse(browse, page).await?;
        let is_new = self.is_new_seller(seller).await?;
        Ok(Feed {
            invitations,
            open: self.with_buyers(open).await?.map(entry),
            open_offers: requests.count_open_offers(seller).await?,
            open_offers_max: is_new.then_some(NEW_SELLER_OFFERS_MAX),
        })
    }
}
