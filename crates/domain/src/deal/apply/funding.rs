//! Money that comes, and money that the chain takes back.

use crate::deal::clock::{self, DeadlineKind};
use crate::deal::deposit::{Deposit, DepositKey, DepositState};
use crate::deal::event::{Booking, Cut, Reversal, TwoKeyAction};
use crate::deal::leg::LegState;
use crate::deal::state::State;
use crate::deal::{Deal, Loss, Suspension};
use crate::id::IntentId;
use crate::ledger::Account;
use crate::money::Units;
use crate::time::Timestamp;

impl Deposit {
    pub(super) const fn seen(
        key: DepositKey,
        intent: IntentId,
        units: Units,
        at: Timestamp,
    ) -> Self {
        Self {
            key,
            intent,
            units,
            state: DepositState::Seen,
            surplus: Units::ZERO,
            late: Units::ZERO,
            late_leg: None,
            lost: Units::ZERO,
            written_off: false,
            at,
        }
    }
}

impl Deal {
    pub(super) fn credit(
        &mut self,
        key: DepositKey,
        intent: IntentId,
        units: Units,
        booking: Booking,
        at: Timestamp,
    ) {
        let journal = self
            .journal()
            .moving(Account::Received, Account::Shortfall, booking.shortfall)
            .moving(Account::Received, Account::Held, booking.held)
            .moving(Account::Received, Account::Surplus, booking.surplus)
            .moving(Account::Received, Account::Late, booking.late);
        self.post(journal);
        self.put_deposit(Deposit {
            state: DepositState::Credited,
            surplus: booking.surplus,
            late: booking.late,
            ..Deposit::seen(key, intent, units, at)
        });
        if !booking.held.is_zero() {
            self.lapse_splits();
        }
        if !booking.shortfall.is_zero() {
            self.lessen_shortfall();
        }
    }

    /// Less is lost than before: a key for the former sum is void, and nothing is missing of any
    /// deposit once all is made good.
    fn lessen_shortfall(&mut self) {
        self.forget_key(&TwoKeyAction::SettleLoss { cover: Units::ZERO });
        if self.balance(Account::Shortfall).is_zero() {
            for deposit in &mut self.deposits {
                deposit.lost = Units::ZERO;
            }
        }
    }

    pub(super) fn reverse(&mut self, key: &DepositKey, reversal: &Reversal, at: Timestamp) {
        self.cut_legs(&reversal.legs, Account::Received, at);
        let journal = self
            .journal()
            .moving(Account::Surplus, Account::Received, reversal.surplus)
            .moving(Account::Held, Account::Received, reversal.held)
            .moving(Account::Late, Account::Received, reversal.late)
            .moving(Account::Shortfall, Account::Received, reversal.shortfall);
        self.post(journal);
        let lost = reversal.shortfall;
        self.on_deposit(key, at, |deposit| {
            deposit.state = DepositState::Reversed;
            deposit.late_leg = None;
            deposit.lost = lost;
        });
        if !reversal.held.is_zero() {
            self.lapse_splits();
        }
        if !lost.is_zero() {
            self.forget_key(&TwoKeyAction::SettleLoss { cover: Units::ZERO });
        }
    }

    /// Makes unsent legs pay less, and moves what they would have paid to `to`.
    pub(super) fn cut_legs(&mut self, cuts: &[Cut], to: Account, at: Timestamp) {
        for cut in cuts {
            let Some(leg) = self.legs.iter_mut().find(|leg| leg.id == cut.leg) else {
                continue;
            };
            let from = leg.account();
            leg.gross = leg.gross.less(cut.units);
            let id = leg.id.clone();
            let is_nothing = leg.gross.is_zero();
            if is_nothing {
                leg.state = LegState::Void;
            }
            let journal = self.journal().moving(from, to, cut.units);
            self.post(journal);
            if is_nothing {
                self.clocks.stop(&DeadlineKind::Claim { leg: id }, at);
            } else {
                self.shelve_if_tiny(&id, at);
            }
        }
    }

    pub(super) fn suspend(&mut self, whole: Units, at: Timestamp) {
        let from = self.state;
        self.suspension = Some(Suspension { from, whole });
        self.enter(State::Suspended);
        self.clocks.pause(at);
        self.clocks
            .start(DeadlineKind::Suspension, at, clock::SUSPENSION);
    }

    pub(super) fn restore_funding(&mut self, at: Timestamp) {
        self.clocks.stop(&DeadlineKind::Suspension, at);
        if let Some(suspension) = self.suspension.take() {
            self.enter(suspension.from);
        }
        self.resume_clocks(at);
    }

    /// The suspension is over without the money. Another event says what follows from it.
    pub(super) fn lose_funding(&mut self, at: Timestamp) {
        self.clocks.stop(&DeadlineKind::Suspension, at);
        let Some(suspension) = self.suspension.take() else {
            return;
        };
        self.enter(suspension.from);
        if suspension.from == State::Funded {
            for kind in [DeadlineKind::ShipBy, DeadlineKind::Delivery] {
                self.clocks.stop(&kind, at);
            }
            self.delivery_due = None;
        }
        self.resume_clocks(at);
    }

    pub(super) fn find_loss(&mut self, whole: Units, at: Timestamp) {
        let from = self.underlying_state();
        self.clocks.stop(&DeadlineKind::Suspension, at);
        self.suspension = None;
        self.loss = Some(Loss { from, whole });
        self.enter(State::Loss);
        self.clocks.pause(at);
    }

    pub(super) fn leave_loss(&mut self, at: Timestamp) {
        if let Some(loss) = self.loss.take() {
            self.enter(loss.from);
        }
        self.resume_clocks(at);
    }

    pub(super) fn settle_loss(&mut self, covered: Units, cuts: &[Cut], at: Timestamp) {
        self.forget_key(&TwoKeyAction::SettleLoss { cover: covered });
        let journal = self
            .journal()
            .moving(Account::Covered, Account::Shortfall, covered);
        self.post(journal);
        self.cut_legs(cuts, Account::Shortfall, at);
        for deposit in &mut self.deposits {
            deposit.written_off |= !deposit.lost.is_zero();
            deposit.lost = Units::ZERO;
        }
        self.leave_loss(at);
    }
}
