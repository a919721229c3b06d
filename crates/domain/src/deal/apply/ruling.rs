//! Rulings: proposed, approved, dropped, appealed, void.

use crate::deal::Deal;
use crate::deal::clock::{self, DeadlineKind};
use crate::deal::dispute::{Appeal, ProposedRuling, RuledBy, Ruling, Tier};
use crate::deal::state::State;
use crate::id::UserId;
use crate::time::Timestamp;

impl Deal {
    pub(super) fn draw_resolver(&mut self, resolver: UserId) {
        self.count_draw();
        self.on_dispute(|case| case.resolver = Some(resolver));
    }

    pub(super) fn draw_approver(&mut self, approver: UserId) {
        self.count_draw();
        self.on_dispute(|case| {
            if let Some(proposed) = &mut case.proposed {
                proposed.approver = Some(approver);
            }
        });
    }

    fn count_draw(&mut self) {
        let draws = &mut self.counts.draws;
        *draws = draws.saturating_add(1);
    }

    fn count_ruling(&mut self) {
        let rulings = &mut self.counts.rulings_proposed;
        *rulings = rulings.saturating_add(1);
    }

    pub(super) fn propose_ruling(&mut self, proposed: ProposedRuling, at: Timestamp) {
        self.count_ruling();
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

    pub(super) fn call_second_approver(&mut self, at: Timestamp) {
        self.on_dispute(|case| {
            if let Some(proposed) = &mut case.proposed {
                proposed.missed_by = proposed.approver.take();
                proposed.second_call = true;
            }
        });
        self.clocks
            .start(DeadlineKind::Approval, at, clock::APPROVAL);
    }

    pub(super) fn drop_proposed_ruling(&mut self, at: Timestamp) {
        self.on_dispute(|case| case.proposed = None);
        self.clocks.stop(&DeadlineKind::Approval, at);
        self.resume_ruling_clock(at);
    }

    /// The ruling clock runs again; what the pause used of its budget is gone.
    pub(super) fn resume_ruling_clock(&mut self, at: Timestamp) {
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
        for kind in [D::Answer, D::Approval, D::Ruling, D::Appeal] {
            self.clocks.stop(&kind, at);
        }
        let pause_left = self.clocks.stop(&D::RulingPause, at);
        self.on_dispute(|case| {
            case.pause_left = pause_left.unwrap_or(case.pause_left);
            case.proposed = None;
            case.ruling_stopped = None;
        });
    }

    pub(super) fn rule(&mut self, ruling: Ruling, at: Timestamp) {
        self.stop_judging(at);
        let is_alone = matches!(ruling.by, RuledBy::Resolver(_)) && ruling.approved_by.is_none();
        if is_alone {
            self.count_ruling();
        }
        self.on_dispute(|case| {
            case.may_be_ruled = true;
            case.ruling = Some(ruling);
        });
        self.enter(State::Ruled);
        self.clocks.start(DeadlineKind::Appeal, at, clock::APPEAL);
    }

    pub(super) fn appeal(&mut self, appeal: Appeal, at: Timestamp) {
        self.stop_judging(at);
        self.appealed = true;
        self.on_dispute(|case| {
            case.tier = Tier::Second;
            case.first_resolver = case.resolver.take();
            case.first_ruling = case.ruling.take();
            let first = case.first_ruling.as_ref();
            case.first_approver = first.and_then(|ruling| ruling.approved_by);
            case.appeal = Some(appeal);
            case.pause_left = clock::RULING_PAUSE;
        });
        self.enter(State::Disputed);
        self.clocks.start(DeadlineKind::Ruling, at, clock::RULING);
    }

    pub(super) fn void_ruling(&mut self, at: Timestamp) {
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
}
