//! Legs: planned, given an address, approved, sent, paid.

use crate::deal::clock::{self, DeadlineKind};
use crate::deal::deposit::DepositKey;
use crate::deal::event::{Joining, LegFault, SettledBy, TwoKeyAction};
use crate::deal::leg::{Leg, LegId, LegState};
use crate::deal::state::{Outcome, State};
use crate::deal::terms::Destination;
use crate::deal::{Deal, Division, Party, Settlement};
use crate::id::UserId;
use crate::ledger::Account;
use crate::money::Units;
use crate::time::Timestamp;

impl Leg {
    /// The account that its gross stands in until it is paid.
    pub(in crate::deal) const fn account(&self) -> Account {
        match self.state {
            LegState::Unclaimed => Account::Unclaimed,
            _ => Account::Payable,
        }
    }
}

impl Deal {
    pub(super) fn settle(
        &mut self,
        by: SettledBy,
        outcome: Outcome,
        division: Division,
        at: Timestamp,
    ) {
        self.close_dispute(by);
        let Division { buyer, seller, fee } = division;
        let journal = self
            .journal()
            .moving(Account::Held, Account::Payable, seller)
            .moving(Account::Held, Account::Payable, buyer)
            .moving(Account::Held, Account::Fees, fee);
        self.post(journal);
        self.settlement = Some(Settlement {
            by,
            outcome,
            buyer,
            seller,
            fee,
            at,
        });
        self.stop_state_clocks(at);
        self.enter(State::Settling);
        self.add_leg(LegId::Seller, Party::Seller, seller, None, at);
        self.add_leg(LegId::Buyer, Party::Buyer, buyer, None, at);
    }

    pub(super) fn plan_surplus(&mut self, leg: LegId, units: Units, at: Timestamp) {
        let journal = self
            .journal()
            .moving(Account::Surplus, Account::Payable, units);
        self.post(journal);
        self.add_leg(leg, Party::Buyer, units, None, at);
    }

    pub(super) fn plan_late(
        &mut self,
        leg: LegId,
        deposit: DepositKey,
        units: Units,
        at: Timestamp,
    ) {
        let journal = self
            .journal()
            .moving(Account::Late, Account::Payable, units);
        self.post(journal);
        let planned = leg.clone();
        self.on_deposit(&deposit, at, |deposit| deposit.late_leg = Some(planned));
        self.add_leg(leg, Party::Buyer, units, Some(deposit), at);
        if self.balance(Account::Late).is_zero() {
            self.clocks.stop(&DeadlineKind::LateFunds, at);
        }
    }

    fn add_leg(
        &mut self,
        id: LegId,
        payee: Party,
        gross: Units,
        deposit: Option<DepositKey>,
        at: Timestamp,
    ) {
        if gross.is_zero() {
            return;
        }
        let destination = match payee {
            Party::Buyer => self.refund_address.clone(),
            Party::Seller => Some(self.terms.seller_address.clone()),
        };
        let state = if destination.is_some() {
            LegState::Planned
        } else {
            LegState::NeedsAddress
        };
        self.legs.push(Leg {
            id: id.clone(),
            payee,
            gross,
            network_fee: self.terms.network_fee,
            destination,
            state,
            planned_at: at,
            approvals: Vec::new(),
            not_before: None,
            addresses: 0,
            sends: 0,
            sent_at: None,
            refusals: 0,
            delayed: false,
            task: None,
            tx: None,
            other_txs: Vec::new(),
            deposit,
            joint: None,
        });
        self.await_payee(&id, at);
        self.shelve_if_tiny(&id, at);
    }

    /// Too little to send: owed for ever, and claimable with others.
    pub(super) fn shelve_if_tiny(&mut self, id: &LegId, at: Timestamp) {
        let least = self.terms.asset.min_payout();
        if self
            .leg(id)
            .is_some_and(|leg| leg.gross < least && leg.state.is_unsent())
        {
            self.shelve(id, at);
        }
    }

    pub(super) fn shelve(&mut self, id: &LegId, at: Timestamp) {
        self.move_leg(id, Account::Payable, Account::Unclaimed);
        self.on_leg(id, |leg| leg.state = LegState::Unclaimed);
        self.clocks
            .stop(&DeadlineKind::Claim { leg: id.clone() }, at);
    }

    /// A leg that waits for its payee does so for 90 days from when it was planned.
    fn await_payee(&mut self, id: &LegId, at: Timestamp) {
        let Some(leg) = self.leg(id) else { return };
        if leg.state.waits_for_payee() {
            let left = leg
                .planned_at
                .plus(clock::CLAIM)
                .since(at)
                .max(clock::GRACE);
            self.clocks
                .start(DeadlineKind::Claim { leg: id.clone() }, at, left);
        }
    }

    pub(super) fn give_leg_address(&mut self, id: &LegId, to: Destination, at: Timestamp) {
        self.clocks
            .stop(&DeadlineKind::Claim { leg: id.clone() }, at);
        self.on_leg(id, |leg| {
            leg.destination = Some(to);
            leg.addresses = leg.addresses.saturating_add(1);
            leg.state = LegState::Planned;
            leg.approvals.clear();
            leg.not_before = None;
        });
    }

    pub(super) fn claim_leg(&mut self, id: &LegId, to: Destination, at: Timestamp) {
        self.move_leg(id, Account::Unclaimed, Account::Payable);
        self.give_leg_address(id, to, at);
    }

    pub(super) fn join_leg(&mut self, id: &LegId, joining: Joining) {
        self.move_leg(id, Account::Unclaimed, Account::Payable);
        self.on_leg(id, |leg| {
            leg.state = LegState::Joined;
            leg.sends = leg.sends.saturating_add(1);
            leg.joint = Some(joining.joint);
            leg.destination = Some(joining.destination);
            leg.network_fee = joining.network_fee;
        });
    }

    pub(super) fn release_leg(&mut self, id: &LegId) {
        self.move_leg(id, Account::Payable, Account::Unclaimed);
        let network_fee = self.terms.network_fee;
        self.on_leg(id, |leg| {
            leg.state = LegState::Unclaimed;
            leg.refusals = leg.refusals.saturating_add(1);
            leg.network_fee = network_fee;
        });
    }

    /// Moves all that a leg takes from one account to another.
    fn move_leg(&mut self, id: &LegId, from: Account, to: Account) {
        let Some(units) = self.leg(id).map(|leg| leg.gross) else {
            return;
        };
        let journal = self.journal().moving(from, to, units);
        self.post(journal);
    }

    pub(super) fn approve_leg(
        &mut self,
        id: &LegId,
        by: Option<UserId>,
        not_before: Option<Timestamp>,
    ) {
        self.on_leg(id, |leg| {
            leg.approvals.extend(by);
            leg.state = LegState::Approved;
            leg.not_before = not_before;
        });
    }

    pub(super) fn send_leg(&mut self, id: &LegId, at: Timestamp) {
        self.on_leg(id, |leg| {
            leg.state = LegState::Sending;
            leg.sends = leg.sends.saturating_add(1);
            leg.sent_at = Some(at);
            leg.task = None;
        });
    }

    /// The gateway has it: it is on its way, even where somebody found it unclear before.
    pub(super) fn take_leg(&mut self, id: &LegId, task: String) {
        self.forget_key(&TwoKeyAction::Resend { leg: id.clone() });
        self.on_leg(id, |leg| {
            leg.state = LegState::Sending;
            leg.task = Some(task);
        });
    }

    pub(super) fn doubt_leg(&mut self, id: &LegId) {
        self.on_leg(id, |leg| leg.state = LegState::Unknown);
    }

    pub(super) fn fail_leg(&mut self, id: &LegId, fault: LegFault, at: Timestamp) {
        self.forget_key(&TwoKeyAction::Resend { leg: id.clone() });
        self.on_leg(id, |leg| {
            leg.refusals = leg.refusals.saturating_add(1);
            match fault {
                LegFault::Operator => {
                    leg.state = LegState::Approved;
                    leg.not_before = Some(at.plus(leg.pause_after_failure()));
                    leg.delayed = true;
                }
                LegFault::Address => leg.state = LegState::Blocked,
            }
        });
        self.await_payee(id, at);
    }

    pub(super) fn allow_resend(&mut self, id: &LegId) {
        self.forget_key(&TwoKeyAction::Resend { leg: id.clone() });
        self.on_leg(id, |leg| {
            leg.refusals = leg.refusals.saturating_add(1);
            leg.state = LegState::Approved;
        });
    }

    pub(super) fn pay_leg(&mut self, id: &LegId, tx: String, at: Timestamp) {
        let Some(leg) = self.leg(id) else { return };
        let to = match leg.payee {
            Party::Buyer => Account::Refunded,
            Party::Seller => Account::Released,
        };
        let journal = self.journal().moving(leg.account(), to, leg.net()).moving(
            leg.account(),
            Account::NetworkFees,
            leg.gross.less(leg.net()),
        );
        self.post(journal);
        self.clocks
            .stop(&DeadlineKind::Claim { leg: id.clone() }, at);
        self.forget_key(&TwoKeyAction::Resend { leg: id.clone() });
        self.on_leg(id, |leg| {
            leg.state = LegState::Paid;
            leg.tx = Some(tx);
            leg.delayed = false;
        });
    }

    pub(super) fn on_leg(&mut self, id: &LegId, change: impl FnOnce(&mut Leg)) {
        if let Some(leg) = self.legs.iter_mut().find(|leg| leg.id == *id) {
            change(leg);
        }
    }

    /// Stops every clock that belongs to the state, so that only those of holds, claims and late
    /// money are left.
    fn stop_state_clocks(&mut self, at: Timestamp) {
        use DeadlineKind as D;
        for kind in [
            D::Quote,
            D::Detected,
            D::TopUp,
            D::ShipBy,
            D::Delivery,
            D::Reminder,
            D::Inspection,
            D::Answer,
            D::Approval,
            D::RulingPause,
            D::Ruling,
            D::Appeal,
        ] {
            self.clocks.stop(&kind, at);
        }
    }
}
