//! The people of a deal before they know one another.

use serde::Serialize;
use services::requests::{BuyerCard, SellerCard};
use utoipa::ToSchema;

use crate::moment::rfc3339;

/// What is told of a buyer.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Buyer {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = "Sara Ahmadi")]
    name: String,
    /// Since when they have an account.
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    since: String,
    /// Deals that they finished, buying.
    #[schema(example = 4)]
    deals: u64,
}

impl From<&BuyerCard> for Buyer {
    fn from(card: &BuyerCard) -> Self {
        Self {
            id: card.id.to_string(),
            name: card.name.clone(),
            since: rfc3339(card.since),
            deals: card.deals,
        }
    }
}

/// What is told of a seller.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Seller {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = "Reza Karimi")]
    name: String,
    /// Since when they have an account.
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    since: String,
    /// Deals that they finished, selling.
    #[schema(example = 12)]
    deals: u64,
    /// Those among them without a dispute.
    #[schema(example = 11)]
    without_dispute: u64,
    /// Too few finished deals to tell.
    is_new: bool,
    /// Whether they may go on selling.
    may_sell: bool,
}

impl From<&SellerCard> for Seller {
    fn from(card: &SellerCard) -> Self {
        Self {
            id: card.id.to_string(),
            name: card.name.clone(),
            since: rfc3339(card.since),
            deals: card.deals,
            without_dispute: card.without_dispute,
            is_new: card.is_new(),
            may_sell: card.may_sell,
        }
    }
}
