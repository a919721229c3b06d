//! What a list shows of a request.

use domain::price::Budget;
use serde::Serialize;
use services::requests::{BuyerCard, Card, FeedEntry, RequestSummary};
use utoipa::ToSchema;

use super::super::cards::Buyer;
use super::shape::PlaceTold;
use super::written::BudgetSent;
use crate::moment::rfc3339;

/// A request in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestCard {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = 3)]
    version: u64,
    #[schema(example = "active")]
    status: &'static str,
    /// Who wants it; missing when the account was closed, and in one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    buyer: Option<Buyer>,
    #[schema(example = "A used camera in good order")]
    title: Option<String>,
    /// The beginning of its description.
    #[schema(example = "Any brand, with a charger")]
    excerpt: String,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5f")]
    category_id: Option<String>,
    #[schema(example = "physical_product")]
    product_type: Option<&'static str>,
    #[schema(example = 1)]
    quantity: Option<u32>,
    budget: Option<BudgetSent>,
    #[schema(example = "medium")]
    urgency: Option<&'static str>,
    /// Where it goes, when that is a place.
    place: Option<PlaceTold>,
    /// How many live offers there are.
    #[schema(example = 2)]
    offer_count: u32,
    /// Whether only certain sellers may offer.
    #[schema(example = false)]
    is_invited_only: bool,
    /// The deal that waits for its payment, runs or is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d61")]
    deal_id: Option<String>,
    /// In a seller's feed: whether they have a live offer on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    has_offer: Option<bool>,
    /// In a seller's feed: whether it is their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = false)]
    is_own: Option<bool>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    published_at: Option<String>,
    #[schema(example = "2026-12-12T10:30:00.000Z")]
    offers_until: Option<String>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    updated_at: String,
}

impl RequestCard {
    fn of(summary: &RequestSummary, buyer: Option<&BuyerCard>) -> Self {
        let budget = |budget: Budget| BudgetSent::from(budget);
        Self {
            id: summary.id.to_string(),
            version: summary.version,
            status: summary.status.code(),
            buyer: buyer.map(Buyer::from),
            title: summary.title.as_ref().map(ToString::to_string),
            excerpt: summary.excerpt.clone(),
            category_id: summary.category.map(|category| category.to_string()),
            product_type: summary.kind.map(domain::deal::ProductKind::code),
            quantity: summary.quantity,
            budget: summary.budget.map(budget),
            urgency: summary.urgency.map(domain::request::Urgency::code),
            place: summary.place.as_ref().map(PlaceTold::from),
            offer_count: summary.offers,
            is_invited_only: summary.is_invited_only,
            deal_id: summary.deal.map(|deal| deal.to_string()),
            has_offer: None,
            is_own: None,
            published_at: summary.published_at.map(rfc3339),
            offers_until: summary.offers_until.map(rfc3339),
            created_at: rfc3339(summary.created_at),
            updated_at: rfc3339(summary.updated_at),
        }
    }
}

/// One of one's own.
impl From<&RequestSummary> for RequestCard {
    fn from(summary: &RequestSummary) -> Self {
        Self::of(summary, None)
    }
}

/// An open one.
impl From<&Card> for RequestCard {
    fn from(card: &Card) -> Self {
        Self::of(&card.request, card.buyer.as_ref())
    }
}

/// One that a seller can offer on.
impl From<&FeedEntry> for RequestCard {
    fn from(entry: &FeedEntry) -> Self {
        Self {
            has_offer: Some(entry.has_offer),
            is_own: Some(entry.is_own),
            ..Self::from(&entry.card)
        }
    }
}
