//! Before funding: deposits seen and confirmed, cancelling, withdrawing.

use super::{Decided, Draft};
use crate::deal::bounds::REFUND_ADDRESSES_MAX;
use crate::deal::deposit::{Deposit, DepositKey, DepositState};
use crate::deal::event::{Booking, EventBody, SettledBy};
use crate::deal::rejection::Rejection;
use crate::deal::state::State;
use crate::deal::terms::Destination;
use crate::deal::{Deal, Party};
use crate::id::IntentId;
use crate::ledger::Account;
use crate::money::Units;
use crate::time::Span;

impl Draft<'_> {
    /// A transfer is seen: it freezes the quote, or gives a top-up more time; it gives no right.
    pub(super) fn see_deposit(&mut self, key: DepositKey, intent: IntentId, units: Units) {
        let least = self.deal.terms.asset.min_deposit();
        let matters = self.deal.state.is_before_funding() && units >= least;
        let known = self.deal.deposit(&key);
        let is_news = known.is_none_or(|known| {
            let is_gone = matches!(known.state, DepositState::Dropped | DepositState::Reversed);
            is_gone && !known.written_off
        });
        if !matters || !is_news || !self.deal.has_room_for(&key) {
            return;
        }
        self.emit(EventBody::DepositSeen { key, intent, units });
        match self.deal.state {
            State::AwaitingPayment => self.detect(),
            State::Underpaid => self.extend_top_up(),
            _ => {}
        }
    }

    /// Less than the price is confirmed. What is seen already counts as a top-up.
    pub(super) fn fall_short(&mut self) {
        self.emit(EventBody::PaymentShort);
        if self.deal.deposits.iter().any(Deposit::is_under_way) {
            self.extend_top_up();
        }
    }

    fn extend_top_up(&mut self) {
        if !self.deal.top_up_extended {
            self.emit(EventBody::TopUpExtended);
        }
    }

    /// A transfer is under way: DETECTED, as long as its shared time lasts.
    fn detect(&mut self) {
        if self.deal.detected_left > Span::ZERO {
            self.emit(EventBody::PaymentDetected);
        }
    }

    pub(super) fn drop_deposit(&mut self, key: &DepositKey) {
        if self.deal.deposit(key).is_some_and(Deposit::is_under_way) {
            self.emit(EventBody::DepositDropped { key: key.clone() });
            self.recount();
        }
    }

    /// A transfer is confirmed: booked where the deal stands, credited once.
    pub(super) fn confirm_deposit(&mut self, key: DepositKey, intent: IntentId, units: Units) {
        let known = self.deal.deposit(&key);
        let is_done = known.is_some_and(|known| {
            matches!(known.state, DepositState::Credited | DepositState::Rescue)
        });
        if units.is_zero() || is_done {
            return;
        }
        let written_off = known.is_some_and(|known| known.written_off);
        let (is_known, has_room) = (known.is_some(), self.deal.has_room_for(&key));
        if has_room && !written_off {
            self.credit_deposit(key, intent, units);
        } else if is_known {
            self.emit(EventBody::DepositRescued { key, intent, units });
        }
    }

    fn credit_deposit(&mut self, key: DepositKey, intent: IntentId, units: Units) {
        let booking = book(&self.deal, units);
        self.emit(EventBody::DepositCredited {
            key: key.clone(),
            intent,
            units,
            booking,
        });
        match self.deal.state {
            State::Suspended => self.restore_if_whole(),
            State::Loss => self.leave_loss_if_made_good(),
            State::Disputed | State::Ruled if !booking.held.is_zero() => self.void_ruling(),
            _ => self.recount(),
        }
        if !booking.late.is_zero() {
            self.follow_late(key, booking.late);
        }
    }

    /// Before funding, moves the deal to where the confirmed sum belongs.
    pub(super) fn recount(&mut self) {
        let state = self.deal.state;
        if !state.is_before_funding() {
            return;
        }
        let is_under_way = self.deal.deposits.iter().any(Deposit::is_under_way);
        if self.deal.missing().is_zero() {
            self.emit(EventBody::Funded);
        } else if !self.deal.held().is_zero() {
            if state != State::Underpaid {
                self.fall_short();
            }
        } else if state == State::Underpaid {
            self.return_to_awaiting();
        } else if state == State::Detected && !is_under_way {
            self.emit(EventBody::PaymentUndetected);
        }
    }

    /// Nothing that was confirmed is left.
    pub(super) fn return_to_awaiting(&mut self) {
        self.emit(EventBody::PaymentGone);
        if self.deal.deposits.iter().any(Deposit::is_under_way) {
            self.detect();
        }
    }

    pub(super) fn cancel(&mut self, by: Party) -> Decided {
        self.require(&[State::AwaitingPayment])?;
        self.emit(EventBody::Cancelled { by });
        Ok(())
    }

    pub(super) fn withdraw_payment(&mut self) -> Decided {
        self.require(&[State::Underpaid])?;
        self.settle(SettledBy::Withdrawal, self.deal.held())
    }

    /// A leg that carries the old address keeps it; see [`Draft::give_leg_address`] for changing
    /// a leg's.
    pub(super) fn set_refund_address(&mut self, destination: Destination) -> Decided {
        if self.deal.refund_address.as_ref() == Some(&destination) {
            return Ok(());
        }
        if self.deal.counts.refund_addresses >= REFUND_ADDRESSES_MAX {
            return Err(Rejection::TooManyAddresses);
        }
        self.emit(EventBody::RefundAddressSet { destination });
        Ok(())
    }
}

/// Where a confirmed deposit goes: it makes good what was lost, then serves the price, then is
/// surplus; after settlement or the end it is late.
fn book(deal: &Deal, units: Units) -> Booking {
    let shortfall = units.min(deal.balance(Account::Shortfall));
    let rest = units.less(shortfall);
    let under = deal.underlying_state();
    if under.is_before_funding() || under.holds_price() {
        let held = rest.min(deal.missing());
        Booking {
            shortfall,
            held,
            surplus: rest.less(held),
            late: Units::ZERO,
        }
    } else {
        Booking {
            shortfall,
            late: rest,
            ..Booking::default()
        }
    }
}
