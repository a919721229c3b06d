//! Disputes and rulings, and the events of legs.

use crate::deal::clock::{self, DeadlineKind};
use crate::deal::dispute::{
    Appeal, Claim, Dispute, DisputeEnd, Opener, ProposedRuling, Ruling, Tier,
};
use crate::deal::event::{EventBody, SettledBy};
use crate::deal::leg::LegState;
use crate::deal::state::State;
use crate::deal::{Deal, Division};
use crate::id::{DisputeId, UserId};
use crate::time::Timestamp;

impl Deal {
    pub(super) fn apply_judgement_or_payout(
        &mut self,
        at: Timestamp,
        by: Option<UserId>,
        body: EventBody,
    ) {
        use EventBody as E;
        match body {
            E::DisputeOpened { opener, claim } => self.open_dispute(opener, claim, at),
            E::DisputeAnswered { statement } => self.answer_dispute(Some(statement), at),
            E::AnswerOverdue => self.answer_dispute(None, at),
            E::DisputeWithdrawn => self.withdraw_dispute(at),
            E::ResolverDrawn { resolver } => self.on_dispute(|case| case.resolver = Some(resolver)),
            E::RulingProposed { proposed } => self.propose_ruling(proposed, at),
            E::ApproverDrawn { approver } => self.on_dispute(|case| {
                if let Some(proposed) = &mut case.proposed {
                    proposed.approver = Some(approver);
                }
            }),
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
                self.close_dispute(by);
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
            E::LegSending { leg } => self.on_leg(&leg, |leg| {
                leg.state = LegState::Sending;
                leg.sends = leg.sends.saturating_add(1);
            }),
            E::LegUnclear { leg } => self.on_leg(&leg, |leg| leg.state = LegState::Unknown),
            E::LegFailed { leg, fault } => self.fail_leg(&leg, fault, at),
            E::LegResendAgreed { leg } => {
                self.keys.clear();
                self.on_leg(&leg, |leg| leg.state = LegState::Approved);
            }
            E::LegPaid { leg, tx } => self.pay_leg(&leg, tx, at),
            E::LegUnclaimed { leg } => self.shelve(&leg, at),
            E::LegClaimed { leg, destination } => self.claim_leg(&leg, destination, at),
            E::Closed { state } => self.enter(state),
            // An alarm for people; nothing of the deal changes. The rest is applied by the caller.
            _ => {}
        }
    }

    fn on_dispute(&mut self, change: impl FnOnce(&mut Dispute)) {
        if let Some(case) = self.disputes.last_mut() {
            change(case);
        }
    }

    fn open_dispute(&mut self, opener: Opener, claim: Claim, at: Timestamp) {
        use DeadlineKind as D;
        let count = u64::try_from(self.disputes.len()).unwrap_or(u64::MAX);
        let id = DisputeId::derived(&[self.id.as_uuid().as_bytes(), &count.to_be_bytes()]);
        let mut case = Dispute::new(id, opener, claim, self.state, at);
        case.parked = self
            .clocks
            .park(&[D::ShipBy, D::Delivery, D::Inspection, D::Reminder], at);
        self.disputes.push(case);
        self.enter(State::Disputed);
        self.clocks.start(D::Answer, at, clock::ANSWER);
        self.clocks.start(D::Ruling, at, clock::RULING);
    }

    fn answer_dispute(&mut self, statement: Option<String>, at: Timestamp) {
        self.clocks.stop(&DeadlineKind::Answer, at);
        self.on_dispute(|case| {
            case.answer = statement;
            case.may_be_ruled = true;
        });
    }

    fn withdraw_dispute(&mut self, at: Timestamp) {
        for kind in [DeadlineKind::Answer, DeadlineKind::Ruling] {
            self.clocks.stop(&kind, at);
        }
        let Some(case) = self.disputes.last_mut() else {
            return;
        };
        case.closed = Some(DisputeEnd::Withdrawn);
        let (back_to, parked) = (case.opened_in, core::mem::take(&mut case.parked));
        self.enter(back_to);
        self.clocks.unpark(&parked, at);
        self.renew_reminder(at);
    }

    fn propose_ruling(&mut self, proposed: ProposedRuling, at: Timestamp) {
        self.on_dispute(|case| case.proposed = Some(proposed));
        self.clocks
            .start(DeadlineKind::Approval, at, clock::APPROVAL);
        let Some(case) = self.disputes.last_mut() else {
            return;
        };
        if case.pause_left.ms() == 0 {
            return;
        }
        if let Some(left) = self.clocks.stop(&DeadlineKind::Ruling, at) {
            case.ruling_stopped = Some((left, at));
            self.clocks
                .start(DeadlineKind::RulingPause, at, case.pause_left);
        }
    }

    fn call_second_approver(&mut self, at: Timestamp) {
        self.on_dispute(|case| {
            if let Some(proposed) = &mut case.proposed {
                proposed.missed_by = proposed.approver.take();
                proposed.second_call = true;
            }
        });
        self.clocks
            .start(DeadlineKind::Approval, at, clock::APPROVAL);
    }

    fn drop_proposed_ruling(&mut self, at: Timestamp) {
        self.on_dispute(|case| case.proposed = None);
        self.clocks.stop(&DeadlineKind::Approval, at);
        self.resume_ruling_clock(at);
    }

    /// The ruling clock runs again; what the pause used of its budget is gone.
    fn resume_ruling_clock(&mut self, at: Timestamp) {
        let pause_left = self.clocks.stop(&DeadlineKind::RulingPause, at);
        let Some(case) = self.disputes.last_mut() else {
            return;
        };
        if let Some((left, _)) = case.ruling_stopped.take() {
            case.pause_left = pause_left.unwrap_or_default();
            self.clocks.start(DeadlineKind::Ruling, at, left);
        }
    }

    fn stop_judging(&mut self, at: Timestamp) {
        use DeadlineKind as D;
        for kind in [D::Answer, D::Approval, D::RulingPause, D::Ruling, D::Appeal] {
            self.clocks.stop(&kind, at);
        }
        self.on_dispute(|case| {
            case.proposed = None;
            case.ruling_stopped = None;
        });
    }

    fn rule(&mut self, ruling: Ruling, at: Timestamp) {
        self.stop_judging(at);
        self.on_dispute(|case| {
            case.may_be_ruled = true;
            case.ruling = Some(ruling);
        });
        self.enter(State::Ruled);
        self.clocks.start(DeadlineKind::Appeal, at, clock::APPEAL);
    }

    fn appeal(&mut self, appeal: Appeal, at: Timestamp) {
        self.stop_judging(at);
        self.appealed = true;
        self.on_dispute(|case| {
            case.tier = Tier::Second;
            case.first_resolver = case.resolver.take();
            case.first_ruling = case.ruling.take();
            case.appeal = Some(appeal);
            case.pause_left = clock::RULING_PAUSE;
        });
        self.enter(State::Disputed);
        self.clocks.start(DeadlineKind::Ruling, at, clock::RULING);
    }

    fn void_ruling(&mut self, at: Timestamp) {
        self.on_dispute(|case| case.first_ruling = None);
        if self.state == State::Ruled {
            self.stop_judging(at);
            self.on_dispute(|case| case.ruling = None);
            self.enter(State::Disputed);
            self.clocks.start(DeadlineKind::Ruling, at, clock::RULING);
        } else {
            self.drop_proposed_ruling(at);
        }
    }

    fn close_dispute(&mut self, by: SettledBy) {
        let end = match by {
            SettledBy::Ruling => DisputeEnd::Ruled,
            _ => DisputeEnd::Agreed,
        };
        self.on_dispute(|case| {
            if case.closed.is_none() {
                case.closed = Some(end);
                case.proposed = None;
                case.parked.clear();
            }
        });
    }
}
