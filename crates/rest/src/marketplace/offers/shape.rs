//! What the answers about offers are made of.

use domain::id::RequestId;
use domain::request::{Counter, EndedOffer, LiveStatus, Offer, OfferEnd, Revision};
use serde::Serialize;
use services::offers::{ComparedOffer, Hindrance};
use services::requests::OwnOffer;
use utoipa::ToSchema;

use super::super::cards::Seller;
use super::written::TimeSent;
use crate::moment::rfc3339;
use crate::money::Money;

/// An offer, as its seller or its buyer sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferTold {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d60")]
    id: String,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    purchase_request_id: String,
    /// Raised by every revision.
    #[schema(example = 2)]
    version: u32,
    /// `pending`, `accepted`, `rejected`, `withdrawn` or `expired`.
    #[schema(example = "pending")]
    status: &'static str,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d62")]
    seller_id: String,
    /// Who offers; for the buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    seller: Option<Seller>,
    #[schema(example = "Leica M6, black, with charger")]
    title: String,
    /// At length, while it is live.
    #[schema(example = "Serviced last year.")]
    description: Option<String>,
    price: Money,
    delivery_time: TimeSent,
    /// The networks that it can be paid on, cheapest first.
    #[schema(example = json!(["bsc"]))]
    networks: Vec<&'static str>,
    #[schema(example = "2026-12-12T10:30:00.000Z")]
    valid_until: Option<String>,
    /// For the seller's own eyes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Costs me 90")]
    notes: Option<String>,
    /// Pictures and documents.
    #[schema(example = json!([]))]
    attachments: Vec<String>,
    /// Whether the request changed since: it binds only after its seller has confirmed it.
    #[schema(example = false)]
    is_outdated: bool,
    /// What keeps its buyer from accepting it now: `accepted`, `outdated`, `expired` or
    /// `seller_away`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "outdated")]
    hindrance: Option<&'static str>,
    /// What the buyer would rather have.
    counter: Option<CounterTold>,
    /// Earlier versions, oldest first.
    revisions: Vec<RevisionTold>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    updated_at: String,
}

/// What a buyer would rather have; it binds nobody.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CounterTold {
    /// The version of the offer that it answers.
    #[schema(example = 1)]
    offer_version: u32,
    price: Money,
    delivery_time: Option<TimeSent>,
    #[schema(example = "I need it a little sooner.")]
    note: Option<String>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
}

/// An earlier version.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RevisionTold {
    #[schema(example = 1)]
    version: u32,
    price: Money,
    delivery_time: TimeSent,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
}

impl From<&Counter> for CounterTold {
    fn from(counter: &Counter) -> Self {
        Self {
            offer_version: counter.version,
            price: Money::from(counter.price),
            delivery_time: counter.delivery.map(TimeSent::from),
            note: counter.note.as_ref().map(ToString::to_string),
            at: rfc3339(counter.at),
        }
    }
}

impl From<&Revision> for RevisionTold {
    fn from(revision: &Revision) -> Self {
        Self {
            version: revision.version,
            price: Money::from(revision.price),
            delivery_time: TimeSent::from(revision.delivery),
            at: rfc3339(revision.at),
        }
    }
}

impl OfferTold {
    /// The seller's own live offer.
    pub fn own(request: RequestId, own: &OwnOffer) -> Self {
        let notes = own.offer.proposal.notes.as_ref();
        Self {
            notes: notes.map(ToString::to_string),
            is_outdated: own.is_outdated,
            ..Self::live(request, &own.offer)
        }
    }

    /// A live offer on the buyer's request.
    pub fn compared(request: RequestId, compared: &ComparedOffer) -> Self {
        Self {
            seller: compared.seller.as_ref().map(Seller::from),
            is_outdated: compared.hindrance == Some(Hindrance::Outdated),
            hindrance: compared.hindrance.map(hindrance_code),
            ..Self::live(request, &compared.offer)
        }
    }

    fn live(request: RequestId, offer: &Offer) -> Self {
        let proposal = &offer.proposal;
        Self {
            id: offer.id.to_string(),
            purchase_request_id: request.to_string(),
            version: offer.version,
            status: match offer.status {
                LiveStatus::Pending => "pending",
                LiveStatus::Accepted => "accepted",
            },
            seller_id: offer.seller.to_string(),
            seller: None,
            title: proposal.title.to_string(),
            description: Some(proposal.description.to_string()),
            price: Money::from(proposal.price),
            delivery_time: TimeSent::from(proposal.delivery),
            networks: proposal.networks.iter().map(|one| one.code()).collect(),
            valid_until: proposal.valid_until.map(rfc3339),
            notes: None,
            attachments: proposal
                .attachments
                .iter()
                .map(ToString::to_string)
                .collect(),
            is_outdated: false,
            hindrance: None,
            counter: offer.counter.as_ref().map(CounterTold::from),
            revisions: offer.revisions.iter().map(RevisionTold::from).collect(),
            created_at: rfc3339(offer.made_at),
            updated_at: rfc3339(offer.revised_at),
        }
    }

    /// An offer that ended: as much of it as is kept.
    pub fn ended(request: RequestId, offer: &EndedOffer) -> Self {
        Self {
            id: offer.id.to_string(),
            purchase_request_id: request.to_string(),
            version: offer.version,
            status: end_code(offer.end),
            seller_id: offer.seller.to_string(),
            seller: None,
            title: offer.title.to_string(),
            description: None,
            price: Money::from(offer.price),
            delivery_time: TimeSent::from(offer.delivery),
            networks: Vec::new(),
            valid_until: None,
            notes: None,
            attachments: Vec::new(),
            is_outdated: false,
            hindrance: None,
            counter: None,
            revisions: Vec::new(),
            created_at: rfc3339(offer.made_at),
            updated_at: rfc3339(offer.ended_at),
        }
    }
}

/// The word for what keeps an offer from being accepted.
pub const fn hindrance_code(hindrance: Hindrance) -> &'static str {
    match hindrance {
        Hindrance::Accepted => "accepted",
        Hindrance::Outdated => "outdated",
        Hindrance::Expired => "expired",
        Hindrance::SellerAway => "seller_away",
    }
}

/// The status of an offer that ended.
pub const fn end_code(end: OfferEnd) -> &'static str {
    match end {
        OfferEnd::Rejected => "rejected",
        OfferEnd::Withdrawn => "withdrawn",
        OfferEnd::Expired => "expired",
    }
}
