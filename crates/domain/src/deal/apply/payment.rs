//! Before funding: the quote, transfers under way, top-ups; and late money.

use crate::deal::clock::{self, DeadlineKind};
use crate::deal::deposit::{Deposit, DepositKey, DepositState};
use crate::deal::state::State;
use crate::deal::terms::Destination;
use crate::deal::{Deal, ReopenConsent};
use crate::id::IntentId;
use crate::ledger::Account;
use crate::money::Units;
use crate::time::{Span, Timestamp};

impl Deal {
    pub(super) fn set_refund_address(&mut self, destination: Destination) {
        self.refund_address = Some(destination);
        let given = &mut self.counts.refund_addresses;
        *given = given.saturating_add(1);
    }

    pub(super) fn see(&mut self, key: DepositKey, intent: IntentId, units: Units, at: Timestamp) {
        self.put_deposit(Deposit::seen(key, intent, units, at));
    }

    pub(super) fn drop_seen(&mut self, key: &DepositKey, at: Timestamp) {
        self.on_deposit(key, at, |deposit| deposit.state = DepositState::Dropped);
    }

    pub(super) fn rescue(&mut self, key: &DepositKey, at: Timestamp) {
        self.on_deposit(key, at, |deposit| deposit.state = DepositState::Rescue);
    }

    pub(super) fn detect(&mut self, at: Timestamp) {
        self.quote_left = self.clocks.stop(&DeadlineKind::Quote, at);
        self.enter(State::Detected);
        self.clocks
            .start(DeadlineKind::Detected, at, self.detected_left);
    }

    pub(super) fn undetect(&mut self, at: Timestamp) {
        self.leave_detected(at);
        self.enter(State::AwaitingPayment);
        let left = self.quote_left.take().unwrap_or(clock::QUOTE);
        self.clocks.start(DeadlineKind::Quote, at, left);
    }

    pub(super) fn fall_short(&mut self, at: Timestamp) {
        self.leave_detected(at);
        self.clocks.stop(&DeadlineKind::Quote, at);
        self.quote_left = None;
        self.enter(State::Underpaid);
        let until = *self.top_up_until.get_or_insert(at.plus(clock::TOP_UP));
        self.clocks.start(DeadlineKind::TopUp, at, until.since(at));
    }

    /// The quote is new; the time for a top-up is what was left of it, counted from now.
    pub(super) fn await_payment_anew(&mut self, at: Timestamp) {
        if let Some(left) = self.clocks.stop(&DeadlineKind::TopUp, at) {
            self.top_up_until = Some(at.plus(left));
        }
        self.enter(State::AwaitingPayment);
        self.clocks.start(DeadlineKind::Quote, at, clock::QUOTE);
    }

    pub(super) fn extend_top_up(&mut self, at: Timestamp) {
        self.top_up_extended = true;
        let left = self.clocks.stop(&DeadlineKind::TopUp, at);
        let left = left.unwrap_or(Span::ZERO).plus(clock::TOP_UP);
        self.top_up_until = Some(at.plus(left));
        self.clocks.start(DeadlineKind::TopUp, at, left);
    }

    pub(super) fn fund(&mut self, at: Timestamp) {
        self.leave_detected(at);
        for kind in [
            DeadlineKind::Quote,
            DeadlineKind::TopUp,
            DeadlineKind::LateFunds,
        ] {
            self.clocks.stop(&kind, at);
        }
        self.quote_left = None;
        self.top_up_until = None;
        self.top_up_extended = false;
        self.enter(State::Funded);
        let periods = self.terms.periods;
        self.delivery_due = Some(at.plus(periods.delivery));
        self.clocks.start(DeadlineKind::ShipBy, at, periods.ship_by);
        self.clocks
            .start(DeadlineKind::Delivery, at, periods.delivery);
    }

    pub(super) fn end_unpaid(&mut self, state: State, at: Timestamp) {
        self.leave_detected(at);
        self.clocks.stop(&DeadlineKind::Quote, at);
        self.enter(state);
    }

    pub(super) fn offer_late_funds(&mut self, at: Timestamp) {
        self.reopen = ReopenConsent::default();
        self.clocks
            .start(DeadlineKind::LateFunds, at, clock::LATE_FUNDS);
    }

    /// The late money becomes what is held, and surplus.
    pub(super) fn reopen(&mut self, at: Timestamp) {
        let late = self.balance(Account::Late);
        let surplus = late.less(self.price);
        let journal = self
            .journal()
            .moving(Account::Late, Account::Held, late.less(surplus))
            .moving(Account::Late, Account::Surplus, surplus);
        self.post(journal);
        // At most one deposit waits for a decision: all others have a leg.
        for deposit in &mut self.deposits {
            if deposit.late_leg.is_none() && !deposit.late.is_zero() {
                deposit.surplus = surplus;
                deposit.late = Units::ZERO;
            }
        }
        self.fund(at);
    }

    fn leave_detected(&mut self, at: Timestamp) {
        if let Some(left) = self.clocks.stop(&DeadlineKind::Detected, at) {
            self.detected_left = left;
        }
    }

    /// Enters a transfer, or enters a known one anew.
    pub(super) fn put_deposit(&mut self, deposit: Deposit) {
        let entries = &mut self.counts.deposit_entries;
        *entries = entries.saturating_add(1);
        let mut known = self.deposits.iter_mut();
        match known.find(|known| known.key == deposit.key) {
            Some(known) => *known = deposit,
            None => self.deposits.push(deposit),
        }
    }

    pub(super) fn on_deposit(
        &mut self,
        key: &DepositKey,
        at: Timestamp,
        change: impl FnOnce(&mut Deposit),
    ) {
        let mut known = self.deposits.iter_mut();
        if let Some(deposit) = known.find(|known| known.key == *key) {
            change(deposit);
            deposit.at = at;
        }
    }
}
