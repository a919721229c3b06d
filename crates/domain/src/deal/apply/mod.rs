//! What each event changes. Nothing is decided here: an event that stands in the log is true.

mod dispute;
mod funding;
mod payout;

use super::clock::{self, DeadlineKind};
use super::code::CodeState;
use super::deposit::{Deposit, DepositState};
use super::event::{Event, EventBody};
use super::state::State;
use super::{Deal, Hold, Inspection, Party, Shipment, TurnedKey, code};
use crate::digest::Digest;
use crate::id::UserId;
use crate::ledger::{Account, Journal};
use crate::money::Units;
use crate::time::{Span, Timestamp};

impl Deal {
    /// Appends an event to the log and lets it take effect.
    pub(super) fn record(&mut self, at: Timestamp, by: Option<UserId>, body: EventBody) {
        let (before, seq) = self.events.last().map_or((Digest::ZERO, 1), |last| {
            (last.hash, last.seq.saturating_add(1))
        });
        self.events
            .push(Event::link(before, seq, at, by, body.clone()));
        self.updated_at = at;
        self.apply(at, by, body);
    }

    fn apply(&mut self, at: Timestamp, by: Option<UserId>, body: EventBody) {
        use EventBody as E;
        match body {
            E::Opened { .. } => self.clocks.start(DeadlineKind::Quote, at, clock::QUOTE),
            E::RefundAddressSet { destination } => self.refund_address = Some(destination),

            E::DepositSeen { key, intent, units } => {
                let deposit = Deposit::seen(key, intent, units, at);
                self.put_deposit(deposit);
            }
            E::DepositDropped { key } => self.mark_deposit(&key, DepositState::Dropped, at),
            E::DepositCredited {
                key,
                intent,
                units,
                booking,
            } => {
                self.credit(key, intent, units, booking, at);
            }
            E::DepositReversed { key, reversal } => self.reverse(&key, &reversal, at),
            E::DepositRescued { key, .. } => self.mark_deposit(&key, DepositState::Rescue, at),
            E::PaymentDetected => {
                self.quote_left = self.clocks.stop(&DeadlineKind::Quote, at);
                self.enter(State::Detected);
                self.clocks
                    .start(DeadlineKind::Detected, at, self.detected_left);
            }
            E::PaymentUndetected => {
                self.leave_detected(at);
                self.enter(State::AwaitingPayment);
                let left = self.quote_left.take().unwrap_or(clock::QUOTE);
                self.clocks.start(DeadlineKind::Quote, at, left);
            }
            E::PaymentShort => self.fall_short(at),
            E::PaymentGone => {
                self.clocks.stop(&DeadlineKind::TopUp, at);
                self.enter(State::AwaitingPayment);
                self.clocks.start(DeadlineKind::Quote, at, clock::QUOTE);
            }
            E::TopUpExtended => {
                self.top_up_extended = true;
                let left = self
                    .clocks
                    .stop(&DeadlineKind::TopUp, at)
                    .unwrap_or(Span::ZERO);
                let left = left.plus(clock::TOP_UP);
                self.top_up_until = Some(at.plus(left));
                self.clocks.start(DeadlineKind::TopUp, at, left);
            }
            E::ShortfallWaived { price } => self.price = price,
            E::Funded => self.fund(at),
            E::Cancelled { .. } => self.end_unpaid(State::Cancelled, at),
            E::Expired => self.end_unpaid(State::Expired, at),

            E::Shipped { carrier, tracking } => {
                self.clocks.stop(&DeadlineKind::ShipBy, at);
                self.shipment = Some(Shipment {
                    carrier,
                    tracking,
                    since: at,
                });
                self.enter(State::InDelivery);
            }
            E::CodeMade { generation } => self.make_code(generation, at),
            E::CodeRefused { locks } => self.refuse_code(locks, at),
            E::CodeVerified => {
                self.code.ever_verified = true;
                self.code.expires_at = None;
                self.inspect(true, at);
            }
            E::DeliveredWithoutCode => self.inspect(false, at),
            E::DeliverySeen => self.look(|inspection| inspection.seen = true),
            E::ReminderDue => {
                self.clocks.stop(&DeadlineKind::Reminder, at);
            }
            E::ReminderWritten => {
                self.clocks.stop(&DeadlineKind::Reminder, at);
                self.clocks
                    .no_sooner(&DeadlineKind::Inspection, at, clock::REMINDER_LEAD);
                self.look(|inspection| inspection.reminded_at = Some(at));
            }
            E::ChangesAsked { .. } => self.ask_for_changes(at),
            E::EvidenceAdded { evidence } => self.evidence.push(evidence),
            E::DeadlinesExtended { by } => self.extend_delivery(by),

            E::Proposed { proposal } => {
                self.proposals_made = self.proposals_made.saturating_add(1);
                self.proposals.push(proposal);
            }
            E::ProposalWithdrawn { id } | E::ProposalAccepted { id } => {
                self.proposals.retain(|proposal| proposal.id != id);
            }

            E::Suspended { whole } => self.suspend(whole, at),
            E::FundingRestored => self.restore_funding(at),
            E::FundingLost => self.lose_funding(at),
            E::LossFound => self.find_loss(at),
            E::LossMadeGood => self.leave_loss(at),
            E::LossSettled { covered, cuts } => self.settle_loss(covered, &cuts, at),
            E::HoldPlaced { reason } => self.place_hold(by, reason, at),
            E::HoldLifted | E::HoldLapsed => {
                self.hold = None;
                self.keys.clear();
                self.clocks.stop(&DeadlineKind::Hold, at);
                self.resume_clocks(at);
            }
            E::KeyTurned { action } => {
                self.keys.retain(|key| key.action != action);
                self.keys.extend(by.map(|by| TurnedKey { action, by }));
            }
            E::DowntimeCredited { from, until } => {
                self.clocks.extend(until.since(from), until);
                self.downtime_until = until;
            }
            E::LateFundsOffered => {
                self.reopen = super::ReopenConsent::default();
                self.clocks
                    .start(DeadlineKind::LateFunds, at, clock::LATE_FUNDS);
            }
            E::LateFundsGone => {
                self.clocks.stop(&DeadlineKind::LateFunds, at);
            }
            E::ReopenAgreed { by: Party::Buyer } => self.reopen.buyer = true,
            E::ReopenAgreed { by: Party::Seller } => self.reopen.seller = true,
            E::Reopened => self.reopen(at),
            other => self.apply_judgement_or_payout(at, by, other),
        }
    }

    /// Moves to another state; what was proposed lapses with the state it was made in.
    pub(super) fn enter(&mut self, state: State) {
        if self.state != state {
            self.proposals.clear();
        }
        self.state = state;
    }

    /// Posts a journal for the event that is being applied.
    pub(super) fn post(&mut self, journal: Journal) {
        self.ledger
            .post(journal)
            .expect("events book no more than an account has");
    }

    pub(super) fn journal(&self) -> Journal {
        Journal::new(self.last_seq())
    }

    /// Runs the clocks again, unless something else still pauses them.
    pub(super) fn resume_clocks(&mut self, at: Timestamp) {
        let paused = self.hold.is_some() || matches!(self.state, State::Suspended | State::Loss);
        if !paused {
            self.clocks.resume(at);
            self.renew_reminder(at);
        }
    }

    /// In INSPECTION, the reminder counts anew after every interruption.
    pub(super) fn renew_reminder(&mut self, at: Timestamp) {
        if self.state != State::Inspection {
            return;
        }
        self.look(|inspection| inspection.reminded_at = None);
        let left = self
            .clocks
            .at(&DeadlineKind::Inspection)
            .map(|due| due.since(at));
        let wait = left.unwrap_or(Span::ZERO).minus(clock::REMINDER_LEAD);
        self.clocks.start(DeadlineKind::Reminder, at, wait);
    }

    fn look(&mut self, change: impl FnOnce(&mut Inspection)) {
        if let Some(inspection) = &mut self.inspection {
            change(inspection);
        }
    }

    fn leave_detected(&mut self, at: Timestamp) {
        if let Some(left) = self.clocks.stop(&DeadlineKind::Detected, at) {
            self.detected_left = left;
        }
    }

    fn fall_short(&mut self, at: Timestamp) {
        self.leave_detected(at);
        self.clocks.stop(&DeadlineKind::Quote, at);
        self.quote_left = None;
        self.enter(State::Underpaid);
        let until = *self.top_up_until.get_or_insert(at.plus(clock::TOP_UP));
        self.clocks.start(DeadlineKind::TopUp, at, until.since(at));
    }

    fn fund(&mut self, at: Timestamp) {
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

    fn end_unpaid(&mut self, state: State, at: Timestamp) {
        self.leave_detected(at);
        self.clocks.stop(&DeadlineKind::Quote, at);
        self.enter(state);
    }

    fn reopen(&mut self, at: Timestamp) {
        let late = self.balance(Account::Late);
        let surplus = late.less(self.price);
        let journal = self
            .journal()
            .moving(Account::Late, Account::Held, late.less(surplus))
            .moving(Account::Late, Account::Surplus, surplus);
        self.post(journal);
        let used = self.late_undecided();
        for deposit in &mut self.deposits {
            if used.iter().any(|(key, _)| *key == deposit.key) {
                deposit.surplus = deposit.late.less(self.price);
                deposit.late = Units::ZERO;
            }
        }
        self.fund(at);
    }

    fn make_code(&mut self, generation: u32, at: Timestamp) {
        self.code = CodeState {
            generation,
            expires_at: Some(at.plus(code::VALID)),
            tries: 0,
            locked_until: None,
            ..self.code
        };
    }

    fn refuse_code(&mut self, locks: bool, at: Timestamp) {
        self.code.tries = self.code.tries.saturating_add(1);
        self.code.tries_in_deal = self.code.tries_in_deal.saturating_add(1);
        self.code.locked_until = EventBody::locked_until(locks, at);
    }

    fn inspect(&mut self, confirmed: bool, at: Timestamp) {
        self.clocks.stop(&DeadlineKind::Delivery, at);
        self.inspection = Some(Inspection {
            confirmed,
            seen: confirmed,
            reminded_at: None,
        });
        self.enter(State::Inspection);
        let period = self.terms.periods.inspection;
        self.clocks.start(DeadlineKind::Inspection, at, period);
        let wait = period.minus(clock::REMINDER_LEAD);
        self.clocks.start(DeadlineKind::Reminder, at, wait);
    }

    fn ask_for_changes(&mut self, at: Timestamp) {
        self.changes_asked = self.changes_asked.saturating_add(1);
        for kind in [DeadlineKind::Inspection, DeadlineKind::Reminder] {
            self.clocks.stop(&kind, at);
        }
        self.inspection = None;
        self.code.expires_at = None;
        if let Some(shipment) = &mut self.shipment {
            shipment.since = at;
        }
        self.enter(State::InDelivery);
        // Time for a delivery that could be made without a code, and a day more.
        let least = self.terms.periods.min_transit.plus(clock::GRACE);
        let due = self.delivery_due.unwrap_or(at).max(at.plus(least));
        self.delivery_due = Some(due);
        self.clocks.start(DeadlineKind::Delivery, at, due.since(at));
    }

    fn extend_delivery(&mut self, by: Span) {
        self.delivery_due = self.delivery_due.map(|due| due.plus(by));
        self.clocks
            .lengthen(&[DeadlineKind::ShipBy, DeadlineKind::Delivery], by);
    }

    fn place_hold(&mut self, by: Option<UserId>, reason: String, at: Timestamp) {
        let by = by.expect("a hold is placed by an admin");
        self.holds.push(by);
        let left = self
            .clocks
            .stop(&DeadlineKind::Hold, at)
            .unwrap_or(Span::ZERO);
        let since = self.hold.as_ref().map_or(at, |hold| hold.since);
        self.hold = Some(Hold { by, reason, since });
        self.clocks.pause(at);
        self.clocks
            .start(DeadlineKind::Hold, at, left.plus(clock::HOLD));
    }

    fn put_deposit(&mut self, deposit: Deposit) {
        match self
            .deposits
            .iter_mut()
            .find(|known| known.key == deposit.key)
        {
            Some(known) => *known = deposit,
            None => self.deposits.push(deposit),
        }
    }

    fn mark_deposit(&mut self, key: &super::DepositKey, state: DepositState, at: Timestamp) {
        for deposit in self
            .deposits
            .iter_mut()
            .filter(|deposit| deposit.key == *key)
        {
            deposit.state = state;
            deposit.at = at;
        }
    }
}
