//! What the chain takes back: suspension, loss, and settling a loss.

use super::{Decided, Draft};
use crate::deal::clock::DeadlineKind;
use crate::deal::deposit::{Deposit, DepositKey, DepositState};
use crate::deal::dispute::DisputeCategory;
use crate::deal::event::{Cut, EventBody, Reversal, TwoKeyAction};
use crate::deal::leg::{Leg, LegId, LegState};
use crate::deal::rejection::Rejection;
use crate::deal::state::State;
use crate::deal::{Deal, Party};
use crate::id::UserId;
use crate::ledger::Account;
use crate::money::Units;

impl Draft<'_> {
    /// A deposit is no longer on the chain. What it paid for is undone as far as it was not sent.
    pub(super) fn reverse_deposit(&mut self, key: &DepositKey) {
        let Some(deposit) = self.deal.deposit(key).cloned() else {
            return;
        };
        match deposit.state {
            DepositState::Seen => return self.drop_deposit(key),
            DepositState::Credited => {}
            DepositState::Dropped | DepositState::Reversed | DepositState::Rescue => return,
        }
        let held_before = self.deal.held();
        let reversal = plan_reversal(&self.deal, &deposit);
        self.emit(EventBody::DepositReversed {
            key: key.clone(),
            reversal,
        });
        self.follow_reversal(held_before);
    }

    fn follow_reversal(&mut self, held_before: Units) {
        let state = self.deal.state;
        let lacks = !self.deal.balance(Account::Shortfall).is_zero();
        let any_sent = self.deal.legs.iter().any(|leg| leg.state.is_sent());
        match state {
            State::Suspended if lacks && self.deal.underlying_state().holds_price() => {
                self.emit(EventBody::LossFound);
            }
            // They stay what they are until the money is back, or given up.
            State::Loss | State::Suspended => {}
            State::Settling if lacks && !any_sent => {
                self.emit(EventBody::Suspended { whole: Units::ZERO });
            }
            _ if lacks => self.emit(EventBody::LossFound),
            State::Underpaid if self.deal.held().is_zero() => self.emit(EventBody::PaymentGone),
            _ if state.holds_price() && self.deal.held() < held_before => {
                self.emit(EventBody::Suspended { whole: held_before });
            }
            State::Expired | State::Cancelled => self.recheck_late_window(),
            _ => {}
        }
    }

    /// When too little is left of late money to reopen the deal, the rest goes back.
    fn recheck_late_window(&mut self) {
        let late = self.deal.balance(Account::Late);
        if !self.deal.clocks.has(&DeadlineKind::LateFunds) || late >= self.deal.price {
            return;
        }
        self.emit(EventBody::LateFundsGone);
        self.plan_all_late();
    }

    /// The suspension is over and the money is not back.
    pub(super) fn lose_funding(&mut self) {
        let from = self.deal.underlying_state();
        if from == State::Settling {
            return self.emit(EventBody::LossFound);
        }
        self.emit(EventBody::FundingLost);
        match from {
            State::Funded if self.deal.held().is_zero() => self.emit(EventBody::PaymentGone),
            State::Funded => self.emit(EventBody::PaymentShort),
            State::Disputed | State::Ruled => self.void_ruling(),
            _ => self.dispute_by_system(DisputeCategory::FundingLost),
        }
    }

    /// Two admins: the operator covers a part, the rest is cut from unsent legs, the buyer's first;
    /// late legs never, for they are backed by money of their own.
    pub(super) fn settle_loss(&mut self, user: UserId, cover: Units) -> Decided {
        self.require(&[State::Loss])?;
        let lost = self.deal.balance(Account::Shortfall);
        let to_cut = lost.checked_sub(cover).ok_or(Rejection::CoverTooLarge)?;
        let cuts = cuts_of(&self.deal, to_cut).ok_or(Rejection::CoverTooSmall)?;
        if self.turn_key(user, TwoKeyAction::SettleLoss { cover })? {
            self.emit(EventBody::LossSettled {
                covered: cover,
                cuts,
            });
        }
        Ok(())
    }
}

/// Money that is handed out bit by bit until nothing is left.
struct Purse(Units);

impl Purse {
    fn take(&mut self, at_most: Units) -> Units {
        let taken = self.0.min(at_most);
        self.0 = self.0.less(taken);
        taken
    }

    /// Takes from unsent legs, in their order.
    fn cut<'a>(&mut self, legs: impl Iterator<Item = &'a Leg>) -> Vec<Cut> {
        legs.map(|leg| Cut {
            leg: leg.id.clone(),
            units: self.take(leg.gross),
        })
        .filter(|cut| !cut.units.is_zero())
        .collect()
    }
}

/// Where the money of a reversed deposit is taken from.
fn plan_reversal(deal: &Deal, deposit: &Deposit) -> Reversal {
    let mut lost = Purse(deposit.units);
    let mut reversal = Reversal::default();
    if !deposit.late.is_zero() {
        let its_legs = deal
            .legs
            .iter()
            .filter(|leg| leg.deposit.as_ref() == Some(&deposit.key));
        let mut its_legs = its_legs
            .filter(|leg| leg.state != LegState::Void)
            .peekable();
        if its_legs.peek().is_none() {
            reversal.late = lost.take(deal.balance(Account::Late));
        }
        reversal.legs = lost.cut(its_legs.filter(|leg| can_be_cut(leg)));
        return Reversal {
            shortfall: lost.0,
            ..reversal
        };
    }
    reversal.surplus = lost.take(deal.balance(Account::Surplus));
    let surplus_legs = || {
        deal.legs
            .iter()
            .filter(|leg| matches!(leg.id, LegId::Surplus(_)))
    };
    reversal.legs = lost.cut(surplus_legs().filter(|leg| can_be_cut(leg)));
    let under = deal.underlying_state();
    if under.is_before_funding() || under.holds_price() {
        // What of this very deposit was sent back as surplus is gone for good.
        let sent = surplus_legs()
            .filter(|leg| leg.state.is_sent())
            .map(|leg| leg.gross);
        let sent = Units::sum(sent).unwrap_or_default();
        let gone = lost.take(sent.min(deposit.surplus));
        reversal.held = lost.take(deal.held());
        lost.0 = lost
            .0
            .checked_add(gone)
            .expect("the parts of a deposit are no more than it");
    }
    Reversal {
        shortfall: lost.0,
        ..reversal
    }
}

const fn can_be_cut(leg: &Leg) -> bool {
    leg.state.is_unsent() || matches!(leg.state, LegState::Unclaimed)
}

/// Cuts that add up to `units` from legs that were not sent; none when there is too little.
fn cuts_of(deal: &Deal, units: Units) -> Option<Vec<Cut>> {
    let mut lost = Purse(units);
    let of = |payee| {
        deal.legs
            .iter()
            .filter(move |leg| leg.payee == payee && leg.id.is_settlement() && can_be_cut(leg))
    };
    let cuts = lost.cut(of(Party::Buyer).chain(of(Party::Seller)));
    lost.0.is_zero().then_some(cuts)
}
