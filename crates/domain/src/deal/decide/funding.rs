//! What the chain takes back: suspension, loss, and settling a loss.

use super::{Decided, Draft};
use crate::deal::deposit::{Deposit, DepositKey, DepositState};
use crate::deal::dispute::DisputeCategory;
use crate::deal::event::{Cut, EventBody, Reversal, TwoKeyAction};
use crate::deal::leg::{Leg, LegId};
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
        if self.deal.underlying_state().is_unpaid() {
            self.recheck_late_window();
        }
    }

    fn follow_reversal(&mut self, held_before: Units) {
        let state = self.deal.state;
        let lacks = !self.deal.balance(Account::Shortfall).is_zero();
        match state {
            State::Suspended if lacks && self.deal.underlying_state().holds_price() => {
                let whole = self.deal.suspension.map_or(Units::ZERO, |was| was.whole);
                self.emit(EventBody::LossFound { whole });
            }
            // They stay what they are until the money is back, or given up.
            State::Suspended | State::Loss => {}
            State::Settling if lacks && !self.any_leg_sent() => {
                self.emit(EventBody::Suspended { whole: Units::ZERO });
            }
            _ if lacks => {
                let promised = state.holds_price();
                let whole = if promised { held_before } else { Units::ZERO };
                self.emit(EventBody::LossFound { whole });
            }
            _ => self.stand_with(held_before),
        }
    }

    fn any_leg_sent(&self) -> bool {
        self.deal.legs.iter().any(|leg| leg.state.is_sent())
    }

    /// Nothing is lost: the deal stands where it is if `whole` is held, waits for it if that was
    /// the price, and counts anew before funding.
    fn stand_with(&mut self, whole: Units) {
        let state = self.deal.state;
        let held = self.deal.held();
        if state.holds_price() && held < whole {
            self.emit(EventBody::Suspended { whole });
        } else if matches!(state, State::Disputed | State::Ruled) && held != whole {
            self.void_ruling();
        } else {
            self.recount();
        }
    }

    /// Suspended: goes on where it was, once nothing is missing of what was held.
    pub(super) fn restore_if_whole(&mut self) {
        let nothing_lacks = self.deal.balance(Account::Shortfall).is_zero();
        let whole = self.deal.suspension.map_or(Units::ZERO, |was| was.whole);
        if nothing_lacks && self.deal.held() >= whole {
            self.emit(EventBody::FundingRestored);
            self.stand_with(whole);
        }
    }

    /// In loss: goes on where it was, once what was lost has come back.
    pub(super) fn leave_loss_if_made_good(&mut self) {
        if self.deal.balance(Account::Shortfall).is_zero() {
            self.leave_loss(EventBody::LossMadeGood);
        }
    }

    fn leave_loss(&mut self, end: EventBody) {
        let whole = self.deal.loss.map_or(Units::ZERO, |loss| loss.whole);
        self.emit(end);
        self.stand_with(whole);
    }

    /// The suspension is over and the money is not back.
    pub(super) fn lose_funding(&mut self) {
        let from = self.deal.underlying_state();
        if from == State::Settling {
            let whole = Units::ZERO;
            return self.emit(EventBody::LossFound { whole });
        }
        self.emit(EventBody::FundingLost);
        match from {
            State::Funded if self.deal.held().is_zero() => self.return_to_awaiting(),
            State::Funded => self.fall_short(),
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
            self.leave_loss(EventBody::LossSettled {
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
        legs.filter(|leg| leg.state.can_be_cut())
            .map(|leg| Cut {
                leg: leg.id.clone(),
                units: self.take(leg.gross),
            })
            .filter(|cut| !cut.units.is_zero())
            .collect()
    }
}

/// Where the money of a reversed deposit is taken from: its late part from where that is, the rest
/// from what is not sent and, until the outcome is fixed, from escrow.
fn plan_reversal(deal: &Deal, deposit: &Deposit) -> Reversal {
    let mut late = Purse(deposit.late);
    let mut rest = Purse(deposit.units.less(deposit.late));
    let mut reversal = Reversal::default();
    match &deposit.late_leg {
        None => reversal.late = late.take(deal.balance(Account::Late)),
        Some(id) => reversal.legs = late.cut(deal.leg(id).into_iter()),
    }
    let surplus_legs = || {
        let is_surplus = |leg: &&Leg| matches!(leg.id, LegId::Surplus(_));
        deal.legs.iter().filter(is_surplus)
    };
    let before = rest.0;
    reversal.surplus = rest.take(deal.balance(Account::Surplus));
    reversal.legs.extend(rest.cut(surplus_legs()));
    let from_surplus = before.less(rest.0);
    let under = deal.underlying_state();
    if under.is_before_funding() || under.holds_price() {
        // What of this very deposit was sent back as surplus is gone for good, unless other
        // surplus has stood in for it just now.
        let sent = surplus_legs().filter(|leg| leg.state.is_sent());
        let sent = Units::sum(sent.map(|leg| leg.gross)).unwrap_or_default();
        let gone = rest.take(sent.min(deposit.surplus).less(from_surplus));
        reversal.held = rest.take(deal.held());
        reversal.shortfall = gone;
    }
    let parts = [reversal.shortfall, late.0, rest.0];
    reversal.shortfall = Units::sum(parts).expect("the parts of a deposit are no more than it");
    reversal
}

/// Cuts that add up to `units` from legs that were not sent; none when there is too little.
fn cuts_of(deal: &Deal, units: Units) -> Option<Vec<Cut>> {
    let mut lost = Purse(units);
    let of = |payee| {
        let legs = deal.legs.iter();
        legs.filter(move |leg| leg.payee == payee && leg.id.is_settlement())
    };
    let cuts = lost.cut(of(Party::Buyer).chain(of(Party::Seller)));
    lost.0.is_zero().then_some(cuts)
}
