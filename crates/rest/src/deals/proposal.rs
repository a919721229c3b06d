//! What one side proposes and the other may agree to.

use domain::deal::{Deal, Offer, Proposal};
use serde::Serialize;
use utoipa::ToSchema;

use super::terms::hours;
use crate::moment::rfc3339;
use crate::money::Money;
use crate::word::word;

/// A live proposal.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DealProposal {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    /// `buyer` or `seller`.
    #[schema(example = "buyer")]
    by: String,
    /// `split`, `waiver` or `extension`.
    #[schema(example = "split")]
    kind: String,
    /// Of a split: what goes to the buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    buyer: Option<Money>,
    /// Of a split: what goes to the seller after the fee.
    #[serde(skip_serializing_if = "Option::is_none")]
    seller: Option<Money>,
    /// Of a waiver: the sum that would be the price.
    #[serde(skip_serializing_if = "Option::is_none")]
    arrived: Option<Money>,
    /// Of an extension: how much later.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 24)]
    hours: Option<i64>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
}

impl DealProposal {
    pub fn of(deal: &Deal, proposal: &Proposal) -> Self {
        let money = |units| Money::on_network(units, deal.terms.asset);
        let mut told = Self {
            id: proposal.id.to_string(),
            by: word(&proposal.by),
            kind: word(&proposal.offer),
            buyer: None,
            seller: None,
            arrived: None,
            hours: None,
            at: rfc3339(proposal.at),
        };
        match proposal.offer {
            Offer::Split { buyer } => {
                told.buyer = Some(money(buyer));
                told.seller = deal.division(buyer).map(|parts| money(parts.seller));
            }
            Offer::Waiver { arrived } => told.arrived = Some(money(arrived)),
            Offer::Extension { by } => told.hours = Some(hours(by)),
        }
        told
    }
}
