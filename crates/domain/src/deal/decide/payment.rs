//! Before funding: deposits seen and confirmed, cancelling, withdrawing; and late money.

use super::{Decided, Draft};
use crate::deal::clock::DeadlineKind;
use crate::deal::deposit::{Deposit, DepositKey, DepositState};
use crate::deal::event::{Booking, EventBody, SettledBy};
use crate::deal::leg::LegId;
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
        if !matters || known.is_some_and(|known| known.state != DepositState::Dropped) {
            return;
        }
        self.emit(EventBody::DepositSeen { key, intent, units });
        match self.deal.state {
            State::AwaitingPayment if self.deal.detected_left > Span::ZERO => {
                self.emit(EventBody::PaymentDetected);
            }
            State::Underpaid if !self.deal.top_up_extended => self.emit(EventBody::TopUpExtended),
            _ => {}
        }
    }

    pub(super) fn drop_deposit(&mut self, key: &DepositKey) {
        let is_seen = |known: &Deposit| known.state == DepositState::Seen;
        if !self.deal.deposit(key).is_some_and(is_seen) {
            return;
        }
        self.emit(EventBody::DepositDropped { key: key.clone() });
        if self.deal.state == State::Detected && !self.deal.deposits.iter().any(is_seen) {
            self.emit(EventBody::PaymentUndetected);
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
        if known.is_some_and(|known| known.written_off) {
            return self.emit(EventBody::DepositRescued { key, intent, units });
        }
        let booking = book(&self.deal, units);
        self.emit(EventBody::DepositCredited {
            key: key.clone(),
            intent,
            units,
            booking,
        });
        self.follow_credit(key, booking);
    }

    fn follow_credit(&mut self, key: DepositKey, booking: Booking) {
        match self.deal.state {
            state if state.is_before_funding() => {
                if self.deal.missing().is_zero() {
                    self.emit(EventBody::Funded);
                } else if state != State::Underpaid {
                    self.emit(EventBody::PaymentShort);
                }
            }
            State::Suspended if self.is_whole() => self.emit(EventBody::FundingRestored),
            State::Loss if self.deal.balance(Account::Shortfall).is_zero() => {
                self.emit(EventBody::LossMadeGood);
            }
            State::Disputed | State::Ruled if !booking.held.is_zero() => self.void_ruling(),
            _ => {}
        }
        if !booking.late.is_zero() {
            self.follow_late(key, booking.late);
        }
    }

    fn is_whole(&self) -> bool {
        self.deal.balance(Account::Shortfall).is_zero()
            && self
                .deal
                .suspension
                .is_none_or(|suspension| self.deal.held() >= suspension.whole)
    }

    /// Late money that reaches the price of an expired or cancelled deal may reopen it; all other
    /// late money goes back.
    fn follow_late(&mut self, key: DepositKey, units: Units) {
        let may_reopen = matches!(self.deal.state, State::Expired | State::Cancelled)
            && units >= self.deal.price
            && !self.deal.clocks.has(&DeadlineKind::LateFunds);
        if may_reopen {
            self.emit(EventBody::LateFundsOffered);
        } else {
            self.plan_late(key, units);
        }
    }

    fn plan_late(&mut self, deposit: DepositKey, units: Units) {
        let legs = self.deal.legs.iter();
        let earlier = legs
            .filter(|leg| leg.deposit.as_ref() == Some(&deposit))
            .count();
        let n = u32::try_from(earlier).unwrap_or(u32::MAX).saturating_add(1);
        let leg = LegId::late(&deposit, n);
        self.emit(EventBody::LatePlanned {
            leg,
            deposit,
            units,
        });
    }

    /// Sends back all late money that no leg sends yet.
    pub(super) fn plan_all_late(&mut self) {
        for (key, units) in self.deal.late_undecided() {
            self.plan_late(key, units);
        }
    }

    pub(super) fn refund_late(&mut self) -> Decided {
        self.require_late_window()?;
        self.plan_all_late();
        Ok(())
    }

    pub(super) fn agree_to_reopen(&mut self, party: Party) -> Decided {
        self.require_late_window()?;
        let agreed = match party {
            Party::Buyer => self.deal.reopen.buyer,
            Party::Seller => self.deal.reopen.seller,
        };
        if !agreed {
            self.emit(EventBody::ReopenAgreed { by: party });
        }
        Ok(())
    }

    pub(super) fn reopen(&mut self) -> Decided {
        self.require_late_window()?;
        if !(self.deal.reopen.buyer && self.deal.reopen.seller) {
            return Err(Rejection::NotAgreed);
        }
        self.emit(EventBody::Reopened);
        Ok(())
    }

    fn require_late_window(&self) -> Decided {
        self.require(&[State::Expired, State::Cancelled])?;
        let is_open = self.deal.clocks.has(&DeadlineKind::LateFunds);
        if is_open {
            Ok(())
        } else {
            Err(Rejection::NoLateFunds)
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

    /// A leg that carries the old address keeps it; see [`super::payout`] for changing a leg's.
    pub(super) fn set_refund_address(&mut self, destination: Destination) {
        if self.deal.refund_address.as_ref() != Some(&destination) {
            self.emit(EventBody::RefundAddressSet { destination });
        }
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
