//! A payout as those see it who look after it.

use domain::joint::JointPayout;
use serde::Serialize;
use services::payments::{Movement, PaymentId};
use services::payouts::{DeskPayout, JointPayoutSummary, PayoutReview};
use utoipa::ToSchema;

use crate::moment::rfc3339;
use crate::money::Money;
use crate::word::word;

/// One payout.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Payout {
    /// Of a deal's payout its deal and its name; of several sent together an id.
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e-seller")]
    id: String,
    /// Of the deal, or of the payouts sent together: send it as `If-Match`.
    #[schema(example = 12)]
    version: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    deal_id: Option<String>,
    /// Who is paid.
    #[schema(example = "Sara")]
    payee: String,
    /// What arrives.
    amount: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    destination: Option<String>,
    /// `planned`, `approved`, `sending`, `unknown`, `paid`, `blocked` …
    #[schema(example = "planned")]
    state: String,
    /// Above what one admin approves alone.
    needs_two: bool,
    /// How many have approved it.
    #[schema(example = 1)]
    approvals: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    not_before: Option<String>,
    /// Something on our side failed: it is tried again.
    is_delayed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0x9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    tx_hash: Option<String>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    planned_at: String,
}

impl From<DeskPayout> for Payout {
    fn from(found: DeskPayout) -> Self {
        let (deal, leg) = (found.deal, found.leg);
        let id = PaymentId {
            deal: deal.id,
            movement: Movement::Out(leg.id.clone()),
        };
        Self {
            id: id.to_string(),
            version: deal.version,
            deal_id: Some(deal.id.to_string()),
            payee: found.payee,
            amount: Money::on_network(leg.net, deal.asset),
            destination: leg.destination.map(|to| to.as_str().to_owned()),
            state: word(&leg.state),
            needs_two: found.needs_two,
            approvals: leg.approvals.len(),
            not_before: leg.not_before.map(rfc3339),
            is_delayed: leg.is_delayed,
            tx_hash: leg.tx,
            planned_at: rfc3339(leg.planned_at),
        }
    }
}

impl From<PayoutReview> for Payout {
    fn from(review: PayoutReview) -> Self {
        let (deal, leg) = (review.deal, review.leg);
        let id = PaymentId {
            deal: deal.id,
            movement: Movement::Out(leg.id.clone()),
        };
        Self {
            id: id.to_string(),
            version: deal.version,
            deal_id: Some(deal.id.to_string()),
            payee: review.payee,
            amount: Money::on_network(leg.net(), deal.terms.asset),
            destination: leg.destination.as_ref().map(|to| to.as_str().to_owned()),
            state: word(&leg.state),
            needs_two: review.needs_two,
            approvals: leg.approvals.len(),
            not_before: leg.not_before.map(rfc3339),
            is_delayed: leg.delayed,
            tx_hash: leg.tx,
            planned_at: rfc3339(leg.planned_at),
        }
    }
}

impl Payout {
    /// Several small payouts of one person, as a list shows them.
    pub fn of_summary(joint: JointPayoutSummary, payee: String, needs_two: bool) -> Self {
        Self {
            id: joint.id.to_string(),
            version: joint.version,
            deal_id: None,
            payee,
            amount: Money::on_network(joint.net, joint.asset),
            destination: Some(joint.destination.as_str().to_owned()),
            state: joint.state.code().to_owned(),
            needs_two,
            approvals: joint.approvals.len(),
            not_before: joint.not_before.map(rfc3339),
            is_delayed: joint.is_delayed,
            tx_hash: joint.tx,
            planned_at: rfc3339(joint.created_at),
        }
    }

    /// The same, read for a step.
    pub fn of_joint(joint: &JointPayout, payee: String, needs_two: bool) -> Self {
        Self {
            id: joint.id.to_string(),
            version: joint.version,
            deal_id: None,
            payee,
            amount: Money::on_network(joint.net(), joint.asset),
            destination: Some(joint.destination.as_str().to_owned()),
            state: joint.state.code().to_owned(),
            needs_two,
            approvals: joint.approvals.len(),
            not_before: joint.not_before.map(rfc3339),
            is_delayed: joint.delayed,
            tx_hash: joint.tx.clone(),
            planned_at: rfc3339(joint.created_at),
        }
    }

    /// The version that a step is decided on.
    pub const fn version(&self) -> u64 {
        self.version
    }
}
