//! A payment in the words that clients know. Nothing inside goes by them.

use domain::deal::{DepositState, LegState, Outcome, State};
use serde::Serialize;
use services::payments::{Direction, Payment, Standing};
use utoipa::ToSchema;

use crate::moment::rfc3339;
use crate::money::Money;

/// Money that moved, or is to move, for somebody.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PaymentCard {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e-seller")]
    id: String,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    deal_id: String,
    /// What the deal is about.
    #[schema(example = "Canon AE-1")]
    title: String,
    /// `in`: paid into escrow; `out`: paid for what was delivered; `refund`: paid back.
    #[schema(example = "out")]
    direction: &'static str,
    /// `pending`, `processing`, `confirmed`, `completed`, `failed`, `cancelled`, `refunded`.
    #[schema(example = "completed")]
    status: &'static str,
    /// `partial`, `funded`, `releasable`, `releasing`, `released`, `refunded`, `failed`,
    /// `cancelled`.
    #[schema(example = "released")]
    escrow_state: &'static str,
    /// What arrives or arrived.
    amount: Money,
    /// Where a payout goes, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    destination: Option<String>,
    /// It is not sent before.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    not_before: Option<String>,
    /// Something on our side failed: it is tried again.
    is_delayed: bool,
    /// When it arrived, or was planned.
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
}

impl From<&Payment> for PaymentCard {
    fn from(payment: &Payment) -> Self {
        let (is_delayed, not_before) = match payment.standing {
            Standing::Deposit(_) => (false, None),
            Standing::Payout {
                is_delayed,
                not_before,
                ..
            } => (is_delayed, not_before),
        };
        let destination = payment.destination.as_ref();
        Self {
            id: payment.id.to_string(),
            deal_id: payment.id.deal.to_string(),
            title: payment.title.clone(),
            direction: direction(payment.direction),
            status: status(payment),
            escrow_state: escrow_state(payment.deal_state, payment.outcome),
            amount: Money::on_network(payment.units, payment.asset),
            destination: destination.map(|to| to.as_str().to_owned()),
            not_before: not_before.map(rfc3339),
            is_delayed,
            at: rfc3339(payment.at),
        }
    }
}

pub const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::IntoEscrow => "in",
        Direction::Earned => "out",
        Direction::Refund => "refund",
    }
}

/// How far a payment has come.
pub const fn status(payment: &Payment) -> &'static str {
    match payment.standing {
        Standing::Deposit(state) => deposit_status(state, payment.deal_state),
        Standing::Payout { state, .. } => payout_status(state),
    }
}

/// What was credited serves its deal until that is over.
const fn deposit_status(state: DepositState, deal: State) -> &'static str {
    match state {
        DepositState::Seen | DepositState::Rescue => "processing",
        DepositState::Dropped => "cancelled",
        DepositState::Reversed => "failed",
        DepositState::Credited => match deal {
            State::Refunded => "refunded",
            State::Released | State::Split => "completed",
            _ => "confirmed",
        },
    }
}

const fn payout_status(state: LegState) -> &'static str {
    match state {
        LegState::Planned | LegState::Approved | LegState::NeedsAddress | LegState::Unclaimed => {
            "pending"
        }
        LegState::Sending | LegState::Unknown | LegState::Joined => "processing",
        LegState::Paid => "completed",
        LegState::Blocked => "failed",
        LegState::Void => "cancelled",
    }
}

/// Where the escrow of a deal stands. What is disputed, ruled or suspended is held as before.
pub const fn escrow_state(deal: State, outcome: Option<Outcome>) -> &'static str {
    match deal {
        State::AwaitingPayment | State::Detected | State::Underpaid => "partial",
        State::Funded | State::InDelivery | State::Disputed | State::Ruled | State::Suspended => {
            "funded"
        }
        State::Inspection => "releasable",
        State::Settling => "releasing",
        State::Released | State::Split => "released",
        State::Refunded => "refunded",
        State::Loss => "failed",
        State::Expired | State::Cancelled => match outcome {
            Some(Outcome::Refund) => "refunded",
            _ => "cancelled",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_escrow_of_a_deal_has_one_word_in_each_state() {
        let told: Vec<_> = State::ALL
            .into_iter()
            .map(|state| (state.code(), escrow_state(state, None)))
            .collect();
        for expected in [
            ("underpaid", "partial"),
            ("in_delivery", "funded"),
            ("inspection", "releasable"),
            ("disputed", "funded"),
            ("settling", "releasing"),
            ("split", "released"),
            ("refunded", "refunded"),
            ("loss", "failed"),
            ("expired", "cancelled"),
        ] {
            assert!(told.contains(&expected), "{expected:?}: {told:?}");
        }
    }

    #[test]
    fn what_was_credited_is_completed_with_its_deal() {
        let of = |deal| deposit_status(DepositState::Credited, deal);
        assert_eq!(of(State::Funded), "confirmed");
        assert_eq!(of(State::Released), "completed");
        assert_eq!(of(State::Refunded), "refunded");
        assert_eq!(payout_status(LegState::Paid), "completed");
        assert_eq!(payout_status(LegState::Unknown), "processing");
    }
}
