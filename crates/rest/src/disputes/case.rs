//! A dispute with everything that there is to judge it by.

use domain::deal::{self, DeadlineKind, Division};
use serde::Serialize;
use services::disputes::CaseView;
use utoipa::ToSchema;

use super::ruling::DisputeRuling;
use super::status::status_of;
use crate::deals::Evidence;
use crate::edition::Versioned;
use crate::moment::rfc3339;
use crate::money::Money;
use crate::word::word;

/// One dispute.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Dispute {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    deal_id: String,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    purchase_request_id: String,
    /// Of its deal; the same as the `ETag`.
    #[schema(example = 9)]
    version: u64,
    /// `pending`, `waiting_response`, `in_progress`, `resolved` or `closed`.
    #[schema(example = "waiting_response")]
    status: &'static str,
    #[schema(example = "wrong_item")]
    category: &'static str,
    /// `buyer`, `seller` or `system`.
    #[schema(example = "buyer")]
    opened_by: String,
    /// What the opener says.
    #[schema(example = "Another camera came.")]
    description: String,
    /// What the opener wants the buyer to get.
    #[serde(skip_serializing_if = "Option::is_none")]
    wanted: Option<Money>,
    answers: Vec<DisputeAnswer>,
    /// Everything that both sides have shown.
    evidence: Vec<Evidence>,
    /// 1, or 2 after an appeal.
    #[schema(example = 1)]
    tier: u8,
    /// Who judges, once drawn by lot.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    assignee_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Ruth")]
    assignee_name: Option<String>,
    /// What there is to divide.
    held: Money,
    /// The fee when all of it goes to the seller; on a split it is the same part of less.
    fee_on_release: Money,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-12-01T10:30:00.000Z")]
    answer_deadline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-12-12T10:30:00.000Z")]
    ruling_deadline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-12-14T10:30:00.000Z")]
    appeal_deadline: Option<String>,
    /// A ruling that waits for another resolver's approval; staff's to see.
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed_ruling: Option<DisputeRuling>,
    /// The ruling that stands, unless it is appealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolution: Option<DisputeRuling>,
    #[serde(skip_serializing_if = "Option::is_none")]
    appeal: Option<DisputeAppeal>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
}

/// What was answered.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DisputeAnswer {
    /// `buyer` or `seller`.
    #[schema(example = "seller")]
    by: String,
    #[schema(example = "It is the one in the offer.")]
    statement: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
}

/// Why a ruling was appealed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DisputeAppeal {
    /// `buyer` or `seller`.
    #[schema(example = "seller")]
    by: String,
    #[schema(example = "The photographs are of another parcel.")]
    statement: String,
}

impl Dispute {
    /// The answer that shows a dispute, with its deal's version as `ETag`.
    pub fn answer(view: CaseView) -> Versioned<Self> {
        let version = view.view.deal.version;
        Versioned::new(Self::of(view), version)
    }

    fn of(view: CaseView) -> Self {
        let (deal, case) = (&view.view.deal, &view.case);
        let money = |units| Money::on_network(units, deal.terms.asset);
        let is_open = case.closed.is_none();
        let until = |kind| deal.clocks.at(&kind).filter(|_| is_open).map(rfc3339);
        let is_staff = view.view.party().is_none();
        let proposed = case.proposed.as_ref().filter(|_| is_staff);
        let all_to_seller = view.division(domain::Units::ZERO);
        let fee = all_to_seller.map_or(domain::Units::ZERO, |Division { fee, .. }| fee);
        Self {
            id: case.id.to_string(),
            deal_id: deal.id.to_string(),
            purchase_request_id: deal.request.to_string(),
            version: deal.version,
            status: status_of(deal, case),
            category: case.category.code(),
            opened_by: word(&case.opener),
            description: case.statement.clone(),
            wanted: case.wanted.map(money),
            answers: case.answers.iter().map(DisputeAnswer::from).collect(),
            tier: match case.tier {
                deal::Tier::First => 1,
                deal::Tier::Second => 2,
            },
            assignee_id: case.resolver.map(|user| user.to_string()),
            held: money(deal.held()),
            fee_on_release: money(fee),
            answer_deadline: until(DeadlineKind::Answer),
            ruling_deadline: until(DeadlineKind::Ruling),
            appeal_deadline: until(DeadlineKind::Appeal),
            proposed_ruling: proposed
                .and_then(|proposed| DisputeRuling::of(deal, &proposed.ruling)),
            resolution: case
                .ruling
                .as_ref()
                .and_then(|ruling| DisputeRuling::of(deal, ruling)),
            appeal: case.appeal.as_ref().map(|appeal| DisputeAppeal {
                by: word(&appeal.by),
                statement: appeal.statement.clone(),
            }),
            created_at: rfc3339(case.opened_at),
            assignee_name: view.resolver,
            evidence: view.evidence.into_iter().map(Evidence::from).collect(),
        }
    }
}

impl From<&deal::Answer> for DisputeAnswer {
    fn from(answer: &deal::Answer) -> Self {
        Self {
            by: word(&answer.by),
            statement: answer.statement.clone(),
            at: rfc3339(answer.at),
        }
    }
}
