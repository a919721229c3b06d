//! A payment as its owner sees it: money that arrived for a deal, or a payout of one.

use core::fmt;
use core::str::FromStr;

use domain::deal::{DepositState, Destination, LegId, LegState, Outcome, Party, State};
use domain::id::{DealId, UserId};
use domain::{Asset, Timestamp, Units};
use storage::{DealSummary, DepositSummary, LegSummary};

/// The length of a UUID in text.
const UUID_LEN: usize = 36;

/// Names a payment: its deal, and what moved there. `<deal>-in-4f0c…`, `<deal>-seller`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentId {
    /// The deal.
    pub deal: DealId,
    /// What moved.
    pub movement: Movement,
}

/// What moved in a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Movement {
    /// A deposit, by its [`reference`](DepositSummary::reference).
    In(String),
    /// A payout.
    Out(LegId),
}

/// The word names no payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this names no payment")]
pub struct InvalidPaymentId;

impl fmt::Display for PaymentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.movement {
            Movement::In(reference) => write!(f, "{}-in-{reference}", self.deal),
            Movement::Out(leg) => write!(f, "{}-{leg}", self.deal),
        }
    }
}

impl FromStr for PaymentId {
    type Err = InvalidPaymentId;

    fn from_str(word: &str) -> Result<Self, InvalidPaymentId> {
        let (deal, movement) = word.split_at_checked(UUID_LEN).ok_or(InvalidPaymentId)?;
        let deal = deal.parse().map_err(|_| InvalidPaymentId)?;
        let movement = movement.strip_prefix('-').ok_or(InvalidPaymentId)?;
        let movement = match movement.strip_prefix("in-") {
            Some(reference) => Movement::In(reference.to_owned()),
            None => Movement::Out(movement.parse().map_err(|_| InvalidPaymentId)?),
        };
        Ok(Self { deal, movement })
    }
}

/// Which way a payment goes, seen from its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// They paid it into escrow.
    IntoEscrow,
    /// They are paid for what they delivered.
    Earned,
    /// They get it back.
    Refund,
}

/// How far a payment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A deposit.
    Deposit(DepositState),
    /// A payout.
    Payout {
        /// How far it has come.
        state: LegState,
        /// A failure on the operator's side: it is tried again.
        is_delayed: bool,
        /// Not before this.
        not_before: Option<Timestamp>,
    },
}

/// One payment of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its name.
    pub id: PaymentId,
    /// What the deal is about.
    pub title: String,
    /// The token.
    pub asset: Asset,
    /// Which way it goes.
    pub direction: Direction,
    /// How much arrives or arrived, in base units.
    pub units: Units,
    /// Where a payout goes, once known.
    pub destination: Option<Destination>,
    /// How far it has come.
    pub standing: Standing,
    /// When it arrived, or was planned.
    pub at: Timestamp,
    /// Where its deal stands, or stood before a suspension.
    pub deal_state: State,
    /// How the price of its deal was divided.
    pub outcome: Option<Outcome>,
}

/// Everything that moved for one person in a deal, newest first.
pub(super) fn payments_of(deal: &DealSummary, user: UserId) -> Vec<Payment> {
    let deposits = deal.deposits.iter().filter(|_| deal.buyer == user);
    let legs = payouts_of(deal, user);
    let mut payments: Vec<Payment> = deposits.map(|deposit| paid_in(deal, deposit)).collect();
    payments.extend(legs);
    payments.sort_by_key(|payment| core::cmp::Reverse(payment.at));
    payments
}

/// Everything that moved in a deal, for whomever, newest first.
pub(super) fn all_payments_of(deal: &DealSummary) -> Vec<Payment> {
    let mut payments = payments_of(deal, deal.buyer);
    payments.extend(payouts_of(deal, deal.seller));
    payments.sort_by_key(|payment| core::cmp::Reverse(payment.at));
    payments
}

/// The payouts of one person in a deal, in the order they were planned.
pub(crate) fn payouts_of(deal: &DealSummary, user: UserId) -> Vec<Payment> {
    let own = deal.legs.iter().filter(|leg| match leg.payee {
        Party::Buyer => deal.buyer == user,
        Party::Seller => deal.seller == user,
    });
    own.map(|leg| paid_out(deal, leg)).collect()
}

fn paid_in(deal: &DealSummary, deposit: &DepositSummary) -> Payment {
    Payment {
        id: PaymentId {
            deal: deal.id,
            movement: Movement::In(deposit.reference.clone()),
        },
        title: deal.title.clone(),
        asset: deal.asset,
        direction: Direction::IntoEscrow,
        units: deposit.units,
        destination: None,
        standing: Standing::Deposit(deposit.state),
        at: deposit.at,
        deal_state: deal.underlying_state,
        outcome: deal.outcome,
    }
}

fn paid_out(deal: &DealSummary, leg: &LegSummary) -> Payment {
    Payment {
        id: PaymentId {
            deal: deal.id,
            movement: Movement::Out(leg.id.clone()),
        },
        title: deal.title.clone(),
        asset: deal.asset,
        direction: match leg.payee {
            Party::Buyer => Direction::Refund,
            Party::Seller => Direction::Earned,
        },
        units: leg.net,
        destination: leg.destination.clone(),
        standing: Standing::Payout {
            state: leg.state,
            is_delayed: leg.is_delayed,
            not_before: leg.not_before,
        },
        at: leg.planned_at,
        deal_state: deal.underlying_state,
        outcome: deal.outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_back_from_its_word() {
        let deal = DealId::derived(&[b"deal"]);
        let movements = [
            Movement::In("4f0c1a2b3c4d".to_owned()),
            Movement::Out(LegId::Seller),
            Movement::Out(LegId::Surplus(2)),
            Movement::Out(LegId::Late("4f0c1a2b3c4d".to_owned(), 1)),
        ];
        for movement in movements {
            let id = PaymentId { deal, movement };
            assert_eq!(id.to_string().parse(), Ok(id));
        }
    }

    #[test]
    fn a_word_that_is_none_is_refused() {
        let deal = DealId::derived(&[b"deal"]);
        let words = ["", "seller", "x", "سسسسسسسسسسسسسسسسسسسسسسسسسسسسسسسسسس"];
        for word in words {
            assert_eq!(word.parse::<PaymentId>(), Err(InvalidPaymentId), "{word}");
        }
        for end in ["", "-", "seller", "-nobody", "-surplus-x", "-surplus"] {
            let word = format!("{deal}{end}");
            assert_eq!(word.parse::<PaymentId>(), Err(InvalidPaymentId), "{word}");
        }
    }
}
