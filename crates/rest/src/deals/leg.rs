//! A payout of a deal.

use domain::deal::{Deal, Leg};
use serde::Serialize;
use utoipa::ToSchema;

use crate::moment::rfc3339;
use crate::money::Money;
use crate::word::word;

/// What is owed to one side, and how far its sending has come.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DealLeg {
    /// `seller`, `buyer`, `surplus-1`, `late-…-1`.
    #[schema(example = "seller")]
    id: String,
    /// `buyer` or `seller`.
    #[schema(example = "seller")]
    payee: String,
    /// What it takes from the deal.
    gross: Money,
    /// The part of that which pays for the network.
    network_fee: Money,
    /// What arrives.
    net: Money,
    /// `planned`, `approved`, `sending`, `unknown`, `paid`, `blocked`, `needs_address`,
    /// `unclaimed`, `joined`, `void`.
    #[schema(example = "planned")]
    state: String,
    /// Something on our side failed: it is tried again.
    is_delayed: bool,
    /// Where it goes, once known; its payee's to see.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    destination: Option<String>,
    /// It is not sent before: the payee can stop it until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    not_before: Option<String>,
    /// The transaction that paid it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    tx_hash: Option<String>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    planned_at: String,
}

impl DealLeg {
    pub fn of(deal: &Deal, leg: &Leg, shows_address: bool) -> Self {
        let money = |units| Money::on_network(units, deal.terms.asset);
        let destination = leg.destination.as_ref().filter(|_| shows_address);
        Self {
            id: leg.id.to_string(),
            payee: word(&leg.payee),
            gross: money(leg.gross),
            network_fee: money(leg.network_fee),
            net: money(leg.net()),
            state: word(&leg.state),
            is_delayed: leg.delayed,
            destination: destination.map(|to| to.as_str().to_owned()),
            not_before: leg.not_before.map(rfc3339),
            tx_hash: leg.tx.clone(),
            planned_at: rfc3339(leg.planned_at),
        }
    }
}
