//! A decision on what is held.

use domain::Units;
use domain::deal::{Deal, RuledBy, Ruling};
use serde::Serialize;
use utoipa::ToSchema;

use crate::money::Money;

/// How a dispute is decided.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DisputeRuling {
    /// `release`, `refund` or `split`.
    #[schema(example = "split")]
    outcome: &'static str,
    /// The buyer's part of what is held.
    buyer: Money,
    /// The seller's part, after the fee.
    seller: Money,
    /// The platform's fee.
    fee: Money,
    /// `resolver`, or `evidence` where nobody ruled in time.
    #[schema(example = "resolver")]
    by: &'static str,
    /// In the resolver's words.
    #[schema(example = "The photographs show another camera.")]
    reasoning: String,
}

impl DisputeRuling {
    /// None when what is held has changed since: then it is void.
    pub fn of(deal: &Deal, ruling: &Ruling) -> Option<Self> {
        let money = |units| Money::on_network(units, deal.terms.asset);
        let parts = deal.division(ruling.buyer)?;
        Some(Self {
            outcome: outcome_of(parts.buyer, parts.seller),
            buyer: money(parts.buyer),
            seller: money(parts.seller),
            fee: money(parts.fee),
            by: match ruling.by {
                RuledBy::Resolver(_) => "resolver",
                RuledBy::Evidence => "evidence",
            },
            reasoning: ruling.reasoning.clone(),
        })
    }
}

/// What a division is called.
pub const fn outcome_of(buyer: Units, seller: Units) -> &'static str {
    match (buyer.is_zero(), seller.is_zero()) {
        (true, _) => "release",
        (false, true) => "refund",
        (false, false) => "split",
    }
}
