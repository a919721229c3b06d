//! What each event changes. Nothing is decided here: an event that stands in the log is true.

mod delivery;
mod dispute;
mod funding;
mod hold;
mod payment;
mod payout;
mod ruling;

use super::clock::{self, DeadlineKind};
use super::event::{Event, EventBody};
use super::proposal::{Offer, Proposal};
use super::state::State;
use super::{Deal, Division, Inspection, Party};
use crate::digest::Digest;
use crate::id::{ProposalId, UserId};
use crate::ledger::Journal;
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

    /// The one list of all events: a new one does not compile until somebody says here what it
    /// changes.
    fn apply(&mut self, at: Timestamp, by: Option<UserId>, body: EventBody) {
        use EventBody as E;
        match body {
            E::Opened { .. } => self.clocks.start(DeadlineKind::Quote, at, clock::QUOTE),
            E::RefundAddressSet { destination } => self.set_refund_address(destination),

            E::DepositSeen { key, intent, units } => self.see(key, intent, units, at),
            E::DepositDropped { key } => self.drop_seen(&key, at),
            E::DepositCredited {
                key,
                intent,
                units,
                booking,
            } => self.credit(key, intent, units, booking, at),
            E::DepositReversed { key, reversal } => self.reverse(&key, &reversal, at),
            E::DepositRescued { key, .. } => self.rescue(&key, at),
            E::PaymentDetected => self.detect(at),
            E::PaymentUndetected => self.undetect(at),
            E::PaymentShort => self.fall_short(at),
            E::PaymentGone => self.await_payment_anew(at),
            E::TopUpExtended => self.extend_top_up(at),
            E::ShortfallWaived { price } => self.price = price,
            E::Funded => self.fund(at),
            E::Cancelled { .. } => self.end_unpaid(State::Cancelled, at),
            E::Expired => self.end_unpaid(State::Expired, at),

            E::Shipped { carrier, tracking } => self.ship(carrier, tracking, at),
            E::CodeMade { generation } => self.make_code(generation, at),
            E::CodeRefused { locks } => self.refuse_code(locks, at),
            E::CodeVerified => self.verify_code(at),
            E::DeliveredWithoutCode => self.inspect(false, at),
            E::DeliverySeen => self.look(|inspection| inspection.seen = true),
            E::ReminderDue => drop(self.clocks.stop(&DeadlineKind::Reminder, at)),
            E::ReminderWritten => self.remind(at),
            E::ChangesAsked { .. } => self.ask_for_changes(at),
            E::EvidenceAdded { evidence } => self.evidence.push(evidence),
            E::DeadlinesExtended { by } => self.extend_delivery(by),

            E::Proposed { proposal } => self.propose(proposal),
            E::ProposalWithdrawn { id } | E::ProposalAccepted { id } => self.drop_proposal(id),

            E::DisputeOpened { opener, claim } => self.open_dispute(opener, claim, at),
            E::DisputeAnswered { by, statement } => self.answer_dispute(by, statement, at),
            E::QuestionAsked { to, question } => self.ask_party(to, question, at),
            E::QuestionAnswered { by, statement } => self.answer_question(by, statement, at),
            E::AnswerOverdue => self.end_answering(at),
            E::DisputeWithdrawn => self.withdraw_dispute(at),
            E::ResolverDrawn { resolver } => self.draw_resolver(resolver),
            E::RulingProposed { proposed } => self.propose_ruling(proposed, at),
            E::ApproverDrawn { approver } => self.draw_approver(approver),
            E::ApprovalOverdue => self.call_second_approver(at),
            E::RulingDropped => self.drop_proposed_ruling(at),
            E::RulingPauseOver => self.resume_ruling_clock(at),
            E::Ruled { ruling } => self.rule(ruling, at),
            E::Appealed { appeal } => self.appeal(appeal, at),
            E::RulingVoided => self.void_ruling(at),

            E::Settled {
                by,
                outcome,
                buyer,
                seller,
                fee,
            } => {
                self.settle(by, outcome, Division { buyer, seller, fee }, at);
            }
            E::SurplusPlanned { leg, units } => self.plan_surplus(leg, units, at),
            E::LatePlanned {
                leg,
                deposit,
                units,
            } => self.plan_late(leg, deposit, units, at),
            E::LegAddressGiven { leg, destination } => self.give_leg_address(&leg, destination, at),
            E::LegEndorsed { leg } => self.on_leg(&leg, |leg| leg.approvals.extend(by)),
            E::LegApproved { leg, not_before } => self.approve_leg(&leg, by, not_before),
            E::LegSending { leg } => self.send_leg(&leg, at),
            E::LegTaken { leg, task } => self.take_leg(&leg, task),
            E::LegUnclear { leg } => self.doubt_leg(&leg),
            E::LegFailed { leg, fault } => self.fail_leg(&leg, fault, at),
            E::LegResendAgreed { leg } => self.allow_resend(&leg),
            E::LegPaid { leg, tx } => self.pay_leg(&leg, tx, at),
            E::LegPaidAgain { leg, tx } => self.on_leg(&leg, |leg| leg.other_txs.push(tx)),
            E::LegUnclaimed { leg } => self.shelve(&leg, at),
            E::LegClaimed { leg, destination } => self.claim_leg(&leg, destination, at),
            E::LegJoined { leg, joining } => self.join_leg(&leg, joining),
            E::LegReleased { leg } => self.release_leg(&leg),
            E::Closed { state } => self.enter(state),

            E::LateFundsOffered => self.offer_late_funds(at),
            E::LateFundsGone => drop(self.clocks.stop(&DeadlineKind::LateFunds, at)),
            E::ReopenAgreed { by } => self.agree_to_reopen(by),
            E::Reopened => self.reopen(at),

            E::Suspended { whole } => self.suspend(whole, at),
            E::FundingRestored => self.restore_funding(at),
            E::FundingLost => self.lose_funding(at),
            E::LossFound { whole } => self.find_loss(whole, at),
            E::LossMadeGood => self.leave_loss(at),
            E::LossSettled { covered, cuts } => self.settle_loss(covered, &cuts, at),

            E::HoldPlaced { reason } => self.place_hold(by, reason, at),
            E::HoldLifted | E::HoldLapsed => self.end_hold(at),
            E::KeyTurned { action } => self.turn_key(by, action),
            E::DowntimeCredited { from, until } => self.credit_downtime(from, until),
        }
    }

    /// Moves to another state; what was proposed lapses with the state it was made in.
    fn enter(&mut self, state: State) {
        if self.state != state {
            self.proposals.clear();
        }
        self.state = state;
    }

    fn drop_proposal(&mut self, id: ProposalId) {
        self.proposals.retain(|proposal| proposal.id != id);
    }

    fn propose(&mut self, proposal: Proposal) {
        self.proposals_made = self.proposals_made.saturating_add(1);
        self.proposals.push(proposal);
    }

    const fn agree_to_reopen(&mut self, by: Party) {
        match by {
            Party::Buyer => self.reopen.buyer = true,
            Party::Seller => self.reopen.seller = true,
        }
    }

    /// A division that was proposed of another sum is void.
    fn lapse_splits(&mut self) {
        self.proposals
            .retain(|proposal| !matches!(proposal.offer, Offer::Split { .. }));
    }

    /// Posts a journal for the event that is being applied.
    fn post(&mut self, journal: Journal) {
        self.ledger
            .post(journal)
            .expect("events book no more than an account has");
    }

    fn journal(&self) -> Journal {
        Journal::new(self.last_seq())
    }

    /// Runs the clocks again, unless something else still pauses them.
    fn resume_clocks(&mut self, at: Timestamp) {
        let paused = self.hold.is_some() || matches!(self.state, State::Suspended | State::Loss);
        if !paused {
            self.clocks.resume(at);
            self.renew_reminder(at);
        }
    }

    /// In INSPECTION, the reminder counts anew after every interruption.
    fn renew_reminder(&mut self, at: Timestamp) {
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
}
