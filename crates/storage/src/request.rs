//! Purchase requests with their offers.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::Timestamp;
use domain::deal::ProductKind;
use domain::id::{CategoryId, DealId, FileId, OfferId, RequestId, UserId};
use domain::postal::Place;
use domain::price::{Budget, Price};
use domain::request::{
    DeliveryTime, Details, LiveStatus, OfferEnd, Request, RequestStatus, Stage, Title, Urgency,
};
use domain::text::Line;
use serde::{Deserialize, Serialize};

use crate::search::{asked_words, stored_words};
use crate::{
    Aggregate, Aggregates, Browse, Eventful, Limit, Listed, Lists, Outbox, Page, PageRequest,
    StoreError, Tag,
};

/// Letters of a description that a list shows.
const EXCERPT_MAX: usize = 240;

/// What a list shows of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestSummary {
    /// Which one.
    pub id: RequestId,
    /// Its version when the list was read.
    pub version: u64,
    /// Whose it is.
    pub buyer: UserId,
    /// The status that clients are shown.
    pub status: RequestStatus,
    /// What it is called, once that is written.
    pub title: Option<Title>,
    /// The beginning of its description.
    pub excerpt: String,
    /// Where it is filed.
    pub category: Option<CategoryId>,
    /// How it is handed over.
    pub kind: Option<ProductKind>,
    /// How many.
    pub quantity: Option<u32>,
    /// What the buyer means to spend.
    pub budget: Option<Budget>,
    /// How soon it is needed.
    pub urgency: Option<Urgency>,
    /// Where it goes, as much of it as anybody may see.
    pub place: Option<Place>,
    /// The first of its pictures and documents.
    pub attachment: Option<FileId>,
    /// How many live offers it has.
    pub offers: u32,
    /// Whether only invited sellers may offer.
    pub is_invited_only: bool,
    /// The deal that waits for its payment, runs or is over.
    pub deal: Option<DealId>,
    /// When it was first published.
    pub published_at: Option<Timestamp>,
    /// Until when offers are taken.
    pub offers_until: Option<Timestamp>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// What its seller's list shows of an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferSummary {
    /// Which one.
    pub id: OfferId,
    /// Whose.
    pub seller: UserId,
    /// Its version.
    pub version: u32,
    /// What it costs.
    pub price: Price,
    /// How soon it is delivered.
    pub delivery: DeliveryTime,
    /// Where it stands.
    pub standing: OfferStanding,
    /// Whether the request changed since, so that the seller has to confirm it.
    pub is_outdated: bool,
    /// Whether the buyer would rather have something else.
    pub is_countered: bool,
    /// Until when it stands.
    pub valid_until: Option<Timestamp>,
    /// When it was made.
    pub made_at: Timestamp,
}

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum OfferStanding {
    /// Waits for the buyer.
    Pending,
    /// Accepted.
    Accepted,
    /// Over.
    Ended {
        /// How.
        end: OfferEnd,
        /// When.
        at: Timestamp,
    },
}

/// A request, and what one seller offered on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// The request.
    pub request: RequestSummary,
    /// The seller's offers, the live one first.
    pub offers: Vec<OfferSummary>,
}

impl OfferSummary {
    /// All offers of a request, live ones first.
    pub fn of_request(request: &Request) -> Vec<Self> {
        let live = request.offers.iter().map(|offer| Self {
            id: offer.id,
            seller: offer.seller,
            version: offer.version,
            price: offer.proposal.price,
            delivery: offer.proposal.delivery,
            standing: match offer.status {
                LiveStatus::Pending => OfferStanding::Pending,
                LiveStatus::Accepted => OfferStanding::Accepted,
            },
            is_outdated: offer.edition != request.edition,
            is_countered: offer.counter.is_some(),
            valid_until: offer.proposal.valid_until,
            made_at: offer.made_at,
        });
        let ended = request.ended_offers.iter().rev().map(|offer| Self {
            id: offer.id,
            seller: offer.seller,
            version: offer.version,
            price: offer.price,
            delivery: offer.delivery,
            standing: OfferStanding::Ended {
                end: offer.end,
                at: offer.ended_at,
            },
            is_outdated: false,
            is_countered: false,
            valid_until: None,
            made_at: offer.made_at,
        });
        live.chain(ended).collect()
    }
}

impl Aggregate for Request {
    type Id = RequestId;
    const KIND: &'static str = "request";

    fn id(&self) -> RequestId {
        self.id
    }

    fn version(&self) -> u64 {
        self.version
    }
}

impl Eventful for Request {
    fn last_seq(&self) -> u64 {
        self.last_seq
    }

    fn changed_at(&self) -> Timestamp {
        self.updated_at
    }

    fn set_dispatched(&mut self, _seq: u64) {}
}

impl Listed for Request {
    type Summary = RequestSummary;

    fn summary(&self) -> RequestSummary {
        let draft = self.draft();
        let what = draft.what.as_ref();
        let conditions = draft.conditions.as_ref();
        let text = what.map_or("", |what| what.description.as_str());
        RequestSummary {
            id: self.id,
            version: self.version,
            buyer: self.buyer,
            status: self.status(),
            title: what.map(|what| what.title.clone()),
            excerpt: text.chars().take(EXCERPT_MAX).collect(),
            category: what.map(|what| what.category),
            kind: what.map(|what| what.kind),
            quantity: what.map(|what| what.quantity),
            budget: conditions.map(|conditions| conditions.budget),
            urgency: conditions.map(|conditions| conditions.urgency),
            place: draft.delivery.and_then(|delivery| delivery.place()),
            attachment: what.and_then(|what| what.attachments.first().copied()),
            offers: u32::try_from(self.offers.len()).unwrap_or(u32::MAX),
            is_invited_only: conditions.is_some_and(|conditions| !conditions.invited.is_empty()),
            deal: self.current_attempt().map(|attempt| attempt.deal),
            published_at: self.published_at,
            offers_until: conditions.map(|conditions| conditions.offers_until),
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    fn listed_at(&self) -> Timestamp {
        self.published_at.unwrap_or(self.created_at)
    }

    fn tags(&self) -> BTreeSet<Tag> {
        if self.guest_until.is_some() {
            // Nobody's yet, and soon forgotten: only its writer's browser knows it.
            return BTreeSet::from([of_buyer(self.buyer, None)]);
        }
        let status = self.status();
        let mut tags = BTreeSet::from([
            Tag::all(),
            Tag::new("status", status.code()),
            of_buyer(self.buyer, None),
            of_buyer(self.buyer, Some(status)),
            in_group(self.buyer, OwnGroup::of(status)),
        ]);
        tags.extend(
            self.offers
                .iter()
                .map(|offer| offered_tag(offer.seller, true)),
        );
        let open = self
            .offers
            .iter()
            .filter(|offer| offer.status == LiveStatus::Pending);
        tags.extend(open.map(|offer| open_offer_tag(offer.seller)));
        for offer in OfferSummary::of_request(self) {
            tags.insert(offered_tag(offer.seller, false));
            tags.insert(with_offer(offer.id));
        }
        if self.stage == Stage::Open
            && status.is_open()
            && !self.offers_closed
            && let Some(details) = self.details()
        {
            tag_open(self, details, &mut tags);
        }
        tags
    }
}

/// A part of a buyer's own requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OwnGroup {
    /// Being written, or looked at by staff.
    Unpublished,
    /// Waiting for offers, or for an answer to them.
    Open,
    /// With a deal that is not over.
    InDeal,
    /// Called off, or led to a deal that is over.
    Over,
}

impl OwnGroup {
    /// All there are, in the order of a request's life.
    pub const ALL: [Self; 4] = [Self::Unpublished, Self::Open, Self::InDeal, Self::Over];

    /// The word it is indexed by, and chosen by in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unpublished => "unpublished",
            Self::Open => "open",
            Self::InDeal => "in_deal",
            Self::Over => "over",
        }
    }

    /// The group of a [`code`](Self::code).
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    fn of(status: RequestStatus) -> Self {
        use RequestStatus as S;
        match status {
            S::Draft | S::Pending => Self::Unpublished,
            S::Active | S::ReceivedOffers | S::InNegotiation => Self::Open,
            S::Payment
            | S::Processing
            | S::Delivery
            | S::Delivered
            | S::Confirming
            | S::Completed => Self::InDeal,
            S::SellerPaid | S::Cancelled => Self::Over,
        }
    }
}

fn in_group(buyer: UserId, group: OwnGroup) -> Tag {
    Tag::new("buyer", buyer).and("group", group.code())
}

fn of_buyer(buyer: UserId, status: Option<RequestStatus>) -> Tag {
    let tag = Tag::new("buyer", buyer);
    match status {
        Some(status) => tag.and("status", status.code()),
        None => tag,
    }
}

/// The list of requests on which a seller has a live offer, or ever had one; for stores that write
/// [`Requests::list_offered`].
pub fn offered_tag(seller: UserId, is_live: bool) -> Tag {
    let tag = Tag::new("offer", seller);
    if is_live { tag.and("live", "yes") } else { tag }
}

fn open_offer_tag(seller: UserId) -> Tag {
    Tag::new("offer", seller).and("open", "yes")
}

fn with_offer(offer: OfferId) -> Tag {
    Tag::new("with_offer", offer)
}

fn invited(seller: UserId) -> Tag {
    Tag::new("invited", seller)
}

/// The lists of open requests: those that everybody sees, or those of the invited.
fn tag_open(request: &Request, details: &Details, tags: &mut BTreeSet<Tag>) {
    if !details.conditions.invited.is_empty() {
        tags.extend(details.conditions.invited.iter().map(|user| invited(*user)));
        return;
    }
    let (what, conditions) = (&details.what, &details.conditions);
    tags.insert(Browse::open());
    let shelves = request.filed_in.iter();
    tags.extend(shelves.map(|category| Browse::open().and("category", category)));
    tags.insert(Browse::open().and("kind", what.kind.code()));
    tags.insert(Browse::open().and("urgency", conditions.urgency.code()));
    tags.insert(Browse::open().and("currency", conditions.budget.currency().code()));
    for word in searchable(details) {
        tags.insert(Browse::open().and("word", word));
    }
}

/// The words by which a request is found.
fn searchable(details: &Details) -> Vec<String> {
    let what = &details.what;
    let short = [&what.brand, &what.color, &what.size];
    let mut body: Vec<&str> = short.into_iter().flatten().map(Line::as_str).collect();
    body.extend(what.tags.iter().map(Line::as_str));
    body.extend(what.specifications.iter().map(|one| one.value.as_str()));
    body.push(what.description.as_str());
    stored_words(what.title.as_str(), &body.join(" "))
}

/// Requests. Accepting, withdrawing and revising an offer are each a commit here, so an offer that
/// was withdrawn or changed never binds.
#[async_trait]
pub trait Requests: Aggregates<Request> + Lists<Request> + Outbox<Request> {
    /// A buyer's own requests, newest first; on request those of one status.
    async fn list_of_buyer(
        &self,
        buyer: UserId,
        status: Option<RequestStatus>,
        page: PageRequest,
    ) -> Result<Page<RequestSummary>, StoreError> {
        self.list_tagged(vec![of_buyer(buyer, status)], page).await
    }

    /// A part of a buyer's own requests, newest first.
    async fn list_of_buyer_in(
        &self,
        buyer: UserId,
        group: OwnGroup,
        page: PageRequest,
    ) -> Result<Page<RequestSummary>, StoreError> {
        self.list_tagged(vec![in_group(buyer, group)], page).await
    }

    /// How many requests of a buyer are in a group.
    async fn count_of_buyer_in(&self, buyer: UserId, group: OwnGroup) -> Result<u64, StoreError> {
        self.count_tagged(in_group(buyer, group)).await
    }

    /// How many requests a buyer has; on request those of one status.
    async fn count_of_buyer(
        &self,
        buyer: UserId,
        status: Option<RequestStatus>,
    ) -> Result<u64, StoreError> {
        self.count_tagged(of_buyer(buyer, status)).await
    }

    /// The request on which an offer was made, live or ended.
    async fn find_with_offer(&self, offer: OfferId) -> Result<Option<RequestSummary>, StoreError> {
        let first = PageRequest::first(Limit::new(1));
        let found = self.list_tagged(vec![with_offer(offer)], first).await?;
        Ok(found.items.into_iter().next())
    }

    /// Requests that take offers and that everybody may see, newest first. With a budget a page may
    /// hold fewer than its limit and still have a next one.
    async fn browse(
        &self,
        browse: &Browse,
        page: PageRequest,
    ) -> Result<Page<RequestSummary>, StoreError> {
        /// So many are looked at for one page.
        const LOOKED_AT_MAX: usize = 500;
        if !browse.sifts() {
            return self.list_tagged(browse.tags(), page).await;
        }
        let mut kept = Vec::new();
        let mut after = page.after;
        let mut looked_at = 0;
        loop {
            let request = PageRequest {
                after,
                limit: Limit::MAX,
                ..page
            };
            let found = self.list_tagged(browse.tags(), request).await?;
            for summary in found.items {
                if kept.len() == page.limit.get() {
                    return Ok(Page {
                        items: kept,
                        next: after,
                    });
                }
                looked_at += 1;
                after = Some(summary.cursor());
                if browse.takes(&summary) {
                    kept.push(summary);
                }
            }
            if found.next.is_none() || looked_at >= LOOKED_AT_MAX {
                return Ok(Page {
                    items: kept,
                    next: found.next,
                });
            }
        }
    }

    /// Requests that take offers and to which a seller was invited, newest first.
    async fn list_inviting(
        &self,
        seller: UserId,
        page: PageRequest,
    ) -> Result<Page<RequestSummary>, StoreError> {
        self.list_tagged(vec![invited(seller)], page).await
    }

    /// All requests, newest first; on request those of one status.
    async fn list_all(
        &self,
        status: Option<RequestStatus>,
        page: PageRequest,
    ) -> Result<Page<RequestSummary>, StoreError> {
        let tag = match status {
            Some(status) => Tag::new("status", status.code()),
            None => Tag::all(),
        };
        self.list_tagged(vec![tag], page).await
    }

    /// On how many requests a seller has an offer that waits for its buyer's answer.
    async fn count_open_offers(&self, seller: UserId) -> Result<u64, StoreError> {
        self.count_tagged(open_offer_tag(seller)).await
    }

    /// Requests on which a seller offers, or ever offered, with those offers; newest request first.
    async fn list_offered(
        &self,
        seller: UserId,
        only_live: bool,
        page: PageRequest,
    ) -> Result<Page<Offered>, StoreError>;

    /// Requests in which time does something at `now`, longest overdue first: an offer is over, or
    /// no more are taken. One that cannot be served stays in the list: read on past it.
    async fn list_due(
        &self,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<RequestId>, StoreError>;
}

/// The words of a question as tags, rarest first.
pub(crate) fn asked_tags(question: &str) -> impl Iterator<Item = Tag> {
    asked_words(question)
        .into_iter()
        .map(|word| Browse::open().and("word", word))
}
