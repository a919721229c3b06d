//! Disputes: opened, answered, withdrawn, closed.

use crate::deal::clock::{self, DeadlineKind};
use crate::deal::dispute::{Answer, Claim, Dispute, DisputeEnd, Opener, Question};
use crate::deal::event::SettledBy;
use crate::deal::state::State;
use crate::deal::{Deal, Party};
use crate::id::DisputeId;
use crate::time::Timestamp;

impl Deal {
    pub(super) fn on_dispute(&mut self, change: impl FnOnce(&mut Dispute)) {
        if let Some(case) = self.disputes.last_mut() {
            change(case);
        }
    }

    pub(super) fn open_dispute(&mut self, opener: Opener, claim: Claim, at: Timestamp) {
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

    pub(super) fn answer_dispute(&mut self, by: Party, statement: String, at: Timestamp) {
        self.on_dispute(|case| case.answers.push(Answer { by, statement, at }));
        let waits = self.dispute().is_some_and(|case| {
            case.awaits_answer_of(Party::Buyer) || case.awaits_answer_of(Party::Seller)
        });
        if !waits {
            self.end_answering(at);
        }
    }

    pub(super) fn ask_party(&mut self, to: Party, question: String, at: Timestamp) {
        let asked = Question {
            to,
            question,
            at,
            answer: None,
        };
        self.on_dispute(|case| case.questions.push(asked));
    }

    pub(super) fn answer_question(&mut self, by: Party, statement: String, at: Timestamp) {
        self.on_dispute(|case| {
            let mut open = case.questions.iter_mut();
            let oldest = open.find(|asked| asked.to == by && asked.answer.is_none());
            if let Some(question) = oldest {
                question.answer = Some(Answer { by, statement, at });
            }
        });
    }

    pub(super) fn end_answering(&mut self, at: Timestamp) {
        self.clocks.stop(&DeadlineKind::Answer, at);
        self.on_dispute(|case| case.may_be_ruled = true);
    }

    pub(super) fn withdraw_dispute(&mut self, at: Timestamp) {
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

    pub(super) fn close_dispute(&mut self, by: SettledBy) {
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
