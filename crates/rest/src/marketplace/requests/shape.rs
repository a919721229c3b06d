//! What the answers about requests are made of.

use domain::category::{Catalogue, Category};
use domain::deal::Outcome;
use domain::postal::Place;
use domain::request::{Conditions, Request, What};
use serde::Serialize;
use services::requests::{DeliveryView, RequestView, SeenAs};
use utoipa::ToSchema;

use super::super::cards::Buyer;
use super::super::shape::Filed;
use super::written::{AddressSent, BudgetSent, DeliverySent, Property};
use crate::moment::rfc3339;

/// A request, cut to what its reader may see.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PurchaseRequest {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = 3)]
    version: u64,
    /// `draft`, `pending`, `active`, `received_offers`, `in_negotiation`; with a deal `payment`,
    /// `processing`, `delivery`, `delivered`, `confirming`, `completed`, `seller_paid`; `cancelled`.
    #[schema(example = "active")]
    status: &'static str,
    /// Who wants it; missing when the account was closed, and in one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    buyer: Option<Buyer>,
    /// Whether it is the reader's own.
    is_own: bool,
    #[serde(flatten)]
    wanted: Option<Wanted>,
    #[serde(flatten)]
    conditions: Option<ConditionsTold>,
    /// Where it goes: city and country, until its reader is the paid seller.
    delivery_info: Option<DeliveryTold>,
    /// How many live offers there are.
    #[schema(example = 2)]
    offer_count: usize,
    /// Why no offers are taken now, as a code; nothing while they are.
    #[schema(example = "OFFERS_CLOSED")]
    takes_no_offers: Option<&'static str>,
    /// The accepted offer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d60")]
    selected_offer_id: Option<String>,
    /// The deal that waits for its payment, runs or is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d61")]
    deal_id: Option<String>,
    /// How the price was or is being divided: `release`, `refund` or `split`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "release")]
    outcome: Option<&'static str>,
    /// Why staff sent it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Please describe the goods.")]
    review_note: Option<String>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    published_at: Option<String>,
    /// When it was begun; in one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: Option<String>,
    /// When it last changed; in one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    updated_at: Option<String>,
}

/// What is asked for, once that is written.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Wanted {
    #[schema(example = "A used camera in good order")]
    title: String,
    #[schema(example = "Any brand, with a charger; the shutter must work.")]
    description: String,
    category: Option<Filed>,
    #[schema(example = "physical_product")]
    product_type: &'static str,
    #[schema(example = 1)]
    quantity: u32,
    #[schema(example = "https://example.com/camera")]
    product_link: Option<String>,
    #[schema(example = "M")]
    size: Option<String>,
    #[schema(example = "black")]
    color: Option<String>,
    #[schema(example = "Leica")]
    brand: Option<String>,
    specifications: Vec<Property>,
    #[schema(example = json!(["camera"]))]
    tags: Vec<String>,
    /// Pictures and documents.
    #[schema(example = json!([]))]
    attachments: Vec<String>,
}

impl Wanted {
    fn of(what: &What, category: Option<&Category>) -> Self {
        let text = |line: &domain::text::Line<60>| line.to_string();
        Self {
            title: what.title.to_string(),
            description: what.description.to_string(),
            category: category.map(Filed::from),
            product_type: what.kind.code(),
            quantity: what.quantity,
            product_link: what.link.as_ref().map(|link| link.as_str().to_owned()),
            size: what.size.as_ref().map(text),
            color: what.color.as_ref().map(text),
            brand: what.brand.as_ref().map(text),
            specifications: what.specifications.iter().map(Property::from).collect(),
            tags: what.tags.iter().map(ToString::to_string).collect(),
            attachments: what.attachments.iter().map(ToString::to_string).collect(),
        }
    }
}

/// On which conditions, once they are written.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConditionsTold {
    budget: BudgetSent,
    #[schema(example = "medium")]
    urgency: &'static str,
    #[schema(example = "2026-12-12T10:30:00.000Z")]
    offers_until: String,
    #[schema(example = 3)]
    inspection_days: u8,
    #[schema(example = json!(["photo_of_parcel", "carrier_receipt"]))]
    evidence: Vec<&'static str>,
    #[schema(example = 5000)]
    buyer_on_silence_bps: Option<u16>,
    /// Whether only certain sellers may offer.
    #[schema(example = false)]
    is_invited_only: bool,
    /// Who they are; in one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = json!([]))]
    preferred_seller_ids: Option<Vec<String>>,
}

impl ConditionsTold {
    fn of(conditions: &Conditions, is_own: bool) -> Self {
        let invited = conditions.invited.iter().map(ToString::to_string);
        Self {
            budget: BudgetSent::from(conditions.budget),
            urgency: conditions.urgency.code(),
            offers_until: rfc3339(conditions.offers_until),
            inspection_days: conditions.inspection_days,
            evidence: conditions.evidence.iter().map(|one| one.code()).collect(),
            buyer_on_silence_bps: conditions.buyer_on_silence.map(domain::Bps::get),
            is_invited_only: !conditions.invited.is_empty(),
            preferred_seller_ids: is_own.then(|| invited.collect()),
        }
    }
}

/// Where it goes, as much of it as its reader may see.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeliveryTold {
    /// `physical` or `online`.
    #[serde(rename = "type")]
    #[schema(example = "physical")]
    kind: String,
    /// What anybody may see.
    place: Option<PlaceTold>,
    /// For the buyer and the paid seller alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<AddressSent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "sara@example.com")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Second floor")]
    notes: Option<String>,
}

/// City and country.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaceTold {
    #[schema(example = "Tehran")]
    city: String,
    #[schema(example = "IR")]
    country: String,
}

impl From<&Place> for PlaceTold {
    fn from(place: &Place) -> Self {
        Self {
            city: place.city.to_string(),
            country: place.country.code().to_owned(),
        }
    }
}

impl From<&DeliveryView> for DeliveryTold {
    fn from(view: &DeliveryView) -> Self {
        let in_short = |kind: &str, place: Option<&Place>| Self {
            kind: kind.to_owned(),
            place: place.map(PlaceTold::from),
            address: None,
            email: None,
            notes: None,
        };
        match view {
            DeliveryView::Place(place) => in_short("physical", Some(place)),
            DeliveryView::Online => in_short("online", None),
            DeliveryView::Whole(delivery) => {
                let sent = DeliverySent::from(delivery);
                Self {
                    kind: sent.kind,
                    place: delivery.place().as_ref().map(PlaceTold::from),
                    address: sent.address,
                    email: sent.email,
                    notes: sent.notes,
                }
            }
        }
    }
}

impl PurchaseRequest {
    /// One's own, whatever became of it.
    pub fn own(request: &Request, catalogue: &Catalogue, now: domain::Timestamp) -> Self {
        let draft = request.draft();
        let category = |what: &What| catalogue.find(what.category).map(|shelf| &shelf.category);
        let what = draft.what.as_ref();
        let attempt = request.current_attempt();
        let conditions = draft.conditions.as_ref();
        let delivery = draft.delivery.map(DeliveryView::Whole);
        Self {
            id: request.id.to_string(),
            version: request.version,
            status: request.status().code(),
            buyer: None,
            is_own: true,
            wanted: what.map(|what| Wanted::of(what, category(what))),
            conditions: conditions.map(|conditions| ConditionsTold::of(conditions, true)),
            delivery_info: delivery.as_ref().map(DeliveryTold::from),
            offer_count: request.offers.len(),
            takes_no_offers: request
                .takes_offers(now)
                .err()
                .map(domain::request::Rejection::code),
            selected_offer_id: attempt.map(|attempt| attempt.offer.to_string()),
            deal_id: attempt.map(|attempt| attempt.deal.to_string()),
            outcome: attempt.and_then(|attempt| attempt.outcome.map(outcome_code)),
            review_note: request.review_note.as_ref().map(ToString::to_string),
            published_at: request.published_at.map(rfc3339),
            created_at: Some(rfc3339(request.created_at)),
            updated_at: Some(rfc3339(request.updated_at)),
        }
    }

    /// Somebody else's.
    pub fn seen(view: &RequestView) -> Self {
        let deal = match &view.seen_as {
            SeenAs::Buyer { deal } | SeenAs::Seller { deal, .. } => *deal,
            SeenAs::Visitor | SeenAs::Other => None,
        };
        Self {
            id: view.id.to_string(),
            version: view.version,
            status: view.status.code(),
            buyer: view.buyer.as_ref().map(Buyer::from),
            is_own: false,
            wanted: Some(Wanted::of(&view.what, view.filed_in.last())),
            conditions: Some(ConditionsTold::of(&view.conditions, false)),
            delivery_info: Some(DeliveryTold::from(&view.delivery)),
            offer_count: view.offers,
            takes_no_offers: view
                .takes_offers
                .err()
                .map(domain::request::Rejection::code),
            selected_offer_id: None,
            deal_id: deal.map(|deal| deal.to_string()),
            outcome: None,
            review_note: None,
            published_at: view.published_at.map(rfc3339),
            created_at: None,
            updated_at: None,
        }
    }
}

const fn outcome_code(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Release => "release",
        Outcome::Refund => "refund",
        Outcome::Split => "split",
    }
}
