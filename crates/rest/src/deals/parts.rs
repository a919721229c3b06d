//! The small things that a deal's answer is made of.

use domain::Timestamp;
use domain::deal::{
    self, Deal, Dispute, Settlement, Shipment, Stopped, TRIES_TO_LOCK, Task, TurnedKey,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::disputes::status_of;
use crate::moment::rfc3339;
use crate::money::Money;
use crate::word::word;

/// A running deadline.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Deadline {
    /// `quote`, `top_up`, `ship_by`, `delivery`, `inspection`, `answer`, `ruling`, `appeal` …
    #[schema(example = "ship_by")]
    kind: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
    /// How much of it was given back for downtime of ours.
    #[schema(example = 0)]
    downtime_minutes: i64,
}

impl From<&deal::Deadline> for Deadline {
    fn from(deadline: &deal::Deadline) -> Self {
        Self {
            kind: word(&deadline.kind),
            at: rfc3339(deadline.at),
            downtime_minutes: deadline.downtime.ms().div_euclid(60_000),
        }
    }
}

/// A deadline that stands still.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PausedDeadline {
    #[schema(example = "ship_by")]
    kind: String,
    /// What it has left, in seconds.
    #[schema(example = 86400)]
    left_seconds: i64,
}

impl From<&Stopped> for PausedDeadline {
    fn from(stopped: &Stopped) -> Self {
        Self {
            kind: word(&stopped.kind),
            left_seconds: stopped.left.ms().div_euclid(1_000),
        }
    }
}

/// A pause for review.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Hold {
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    since: String,
    #[schema(example = "We look at the address")]
    reason: String,
    /// When it ends by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-12-05T10:30:00.000Z")]
    lapses_at: Option<String>,
}

impl Hold {
    pub fn of(hold: &deal::Hold, lapses: Option<Timestamp>) -> Self {
        Self {
            since: rfc3339(hold.since),
            reason: hold.reason.clone(),
            lapses_at: lapses.map(rfc3339),
        }
    }
}

/// The first of two keys.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PendingKey {
    /// `lift_hold`, `settle_loss` or `resend`.
    #[schema(example = "lift_hold")]
    action: String,
    /// The admin who turned it; another turns the second.
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    by: String,
}

impl From<&TurnedKey> for PendingKey {
    fn from(key: &TurnedKey) -> Self {
        Self {
            action: word(&key.action),
            by: key.by.to_string(),
        }
    }
}

/// The last dispute, in short; all of it is at `/disputes/{id}`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DisputeBrief {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    /// `pending`, `waiting_response`, `in_progress`, `resolved` or `closed`.
    #[schema(example = "waiting_response")]
    status: &'static str,
    #[schema(example = "wrong_item")]
    category: &'static str,
    /// `buyer`, `seller` or `system`.
    #[schema(example = "buyer")]
    opened_by: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    opened_at: String,
}

impl DisputeBrief {
    pub fn of(deal: &Deal, case: &Dispute) -> Self {
        Self {
            id: case.id.to_string(),
            status: status_of(deal, case),
            category: case.category.code(),
            opened_by: word(&case.opener),
            opened_at: rfc3339(case.opened_at),
        }
    }
}

/// How the price was divided.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DealSettlement {
    /// `release`, `refund` or `split`.
    #[schema(example = "release")]
    outcome: String,
    /// Why: `acceptance`, `inspection_over`, `agreement`, `concession`, `ruling`, `decline`,
    /// `not_shipped`, `withdrawal`, `not_paid_in_full`.
    #[schema(example = "acceptance")]
    reason: String,
    /// The buyer's part, before the network fee.
    buyer: Money,
    /// The seller's part, before the network fee.
    seller: Money,
    /// The platform's fee.
    fee: Money,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
}

impl DealSettlement {
    pub fn of(deal: &Deal, fixed: Settlement) -> Self {
        let money = |units| Money::on_network(units, deal.terms.asset);
        Self {
            outcome: word(&fixed.outcome),
            reason: word(&fixed.by),
            buyer: money(fixed.buyer),
            seller: money(fixed.seller),
            fee: money(fixed.fee),
            at: rfc3339(fixed.at),
        }
    }
}

/// How the goods were sent.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DealShipment {
    #[schema(example = "Post")]
    carrier: String,
    #[schema(example = "RR123456789IR")]
    tracking: String,
    /// When the present delivery began.
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    since: String,
}

impl From<&Shipment> for DealShipment {
    fn from(shipment: &Shipment) -> Self {
        Self {
            carrier: shipment.carrier.clone(),
            tracking: shipment.tracking.clone(),
            since: rfc3339(shipment.since),
        }
    }
}

/// What is known of the delivery code.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CodeState {
    /// Whether one can be entered now, apart from a lock.
    is_live: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-12-05T10:30:00.000Z")]
    expires_at: Option<String>,
    /// Wrong tries until it is locked.
    #[schema(example = 5)]
    tries_left: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-28T10:45:00.000Z")]
    locked_until: Option<String>,
}

impl CodeState {
    pub fn of(code: deal::CodeState, now: Timestamp) -> Self {
        let expires = code.expires_at.filter(|until| now < *until);
        Self {
            is_live: expires.is_some(),
            expires_at: expires.map(rfc3339),
            tries_left: TRIES_TO_LOCK.saturating_sub(code.tries % TRIES_TO_LOCK),
            locked_until: code.locked_until.filter(|until| now < *until).map(rfc3339),
        }
    }
}

/// What somebody is asked to do next.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NextTask {
    /// `pay`, `top_up`, `ship`, `hand_over`, `inspect`, `answer_dispute` …
    #[schema(example = "ship")]
    kind: String,
    /// Until when; none while no clock runs for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    by: Option<String>,
}

impl From<Task> for NextTask {
    fn from(task: Task) -> Self {
        Self {
            kind: word(&task.kind),
            by: task.by.map(rfc3339),
        }
    }
}
