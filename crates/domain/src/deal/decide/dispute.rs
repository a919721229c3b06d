//! Opening, answering, withdrawing, appealing.

use super::{Decided, Draft};
use crate::deal::bounds::{
    DISPUTES_PER_PARTY_MAX, QUESTION_ANSWER_CHARS_MAX, QUESTION_CHARS_MAX, QUESTIONS_PER_SIDE_MAX,
    STATEMENT_CHARS_MAX, require_short,
};
use crate::deal::dispute::{Appeal, Claim, Dispute, DisputeCategory, Opener, Tier};
use crate::deal::event::EventBody;
use crate::deal::rejection::Rejection;
use crate::deal::state::State;
use crate::deal::{Deal, Party};
use crate::id::UserId;

impl Draft<'_> {
    pub(super) fn open_dispute(&mut self, party: Party, claim: Claim) -> Decided {
        self.require(&[State::Funded, State::InDelivery, State::Inspection])?;
        if opened_by(&self.deal, party) >= DISPUTES_PER_PARTY_MAX {
            return Err(Rejection::NoMoreDisputes);
        }
        if claim.wanted.is_some_and(|wanted| wanted > self.deal.held()) {
            return Err(Rejection::SplitTooLarge);
        }
        if !DisputeCategory::CHOOSABLE.contains(&claim.category) {
            return Err(Rejection::NotChoosable);
        }
        require_short(&claim.statement, STATEMENT_CHARS_MAX)?;
        self.emit(EventBody::DisputeOpened {
            opener: party.into(),
            claim,
        });
        Ok(())
    }

    pub(super) fn dispute_by_system(&mut self, category: DisputeCategory) {
        let claim = Claim {
            category,
            statement: String::new(),
            wanted: None,
        };
        self.emit(EventBody::DisputeOpened {
            opener: Opener::System,
            claim,
        });
    }

    pub(super) fn answer_dispute(&mut self, party: Party, statement: String) -> Decided {
        let case = self.open_case()?;
        if case.opener == Opener::from(party) {
            return Err(Rejection::OtherPartyOnly);
        }
        if case.has_answered(party) {
            return Err(Rejection::AlreadyAnswered);
        }
        require_short(&statement, STATEMENT_CHARS_MAX)?;
        self.emit(EventBody::DisputeAnswered {
            by: party,
            statement,
        });
        Ok(())
    }

    /// Whoever was drawn asks before they rule. No clock stands still for it.
    pub(super) fn ask_party(&mut self, user: UserId, to: Party, question: String) -> Decided {
        let case = self.open_case()?;
        if case.resolver != Some(user) {
            return Err(Rejection::NotAssigned);
        }
        if case.proposed.is_some() {
            return Err(Rejection::RulingPending);
        }
        if asked(&self.deal, to) >= QUESTIONS_PER_SIDE_MAX {
            return Err(Rejection::NoMoreQuestions);
        }
        require_short(&question, QUESTION_CHARS_MAX)?;
        self.emit(EventBody::QuestionAsked { to, question });
        Ok(())
    }

    pub(super) fn answer_question(&mut self, party: Party, statement: String) -> Decided {
        let case = self.open_case()?;
        if case.open_question(party).is_none() {
            return Err(Rejection::NoQuestion);
        }
        require_short(&statement, QUESTION_ANSWER_CHARS_MAX)?;
        self.emit(EventBody::QuestionAnswered {
            by: party,
            statement,
        });
        Ok(())
    }

    /// Back to where it was; a deal that has lost funding since has no such place.
    pub(super) fn withdraw_dispute(&mut self, party: Party) -> Decided {
        let case = self.open_case()?;
        if case.opener.party().is_some_and(|opener| opener != party) {
            return Err(Rejection::OtherPartyOnly);
        }
        let can = case.opener != Opener::System
            && case.tier == Tier::First
            && case.proposed.is_none()
            && self.deal.missing().is_zero()
            && opened_by(&self.deal, party) < DISPUTES_PER_PARTY_MAX;
        if !can {
            return Err(Rejection::CannotWithdraw);
        }
        self.emit(EventBody::DisputeWithdrawn);
        Ok(())
    }

    pub(super) fn appeal(&mut self, party: Party, statement: String) -> Decided {
        self.require(&[State::Ruled])?;
        if self.deal.appealed {
            return Err(Rejection::NoMoreAppeals);
        }
        require_short(&statement, STATEMENT_CHARS_MAX)?;
        self.emit(EventBody::Appealed {
            appeal: Appeal {
                by: party,
                statement,
            },
        });
        Ok(())
    }

    pub(super) fn open_case(&self) -> Result<&Dispute, Rejection> {
        self.require(&[State::Disputed])?;
        self.deal.dispute().ok_or(Rejection::WrongState)
    }
}

/// How much a party was asked in all disputes of a deal.
fn asked(deal: &Deal, party: Party) -> usize {
    let questions = deal.disputes.iter().flat_map(|case| &case.questions);
    questions.filter(|question| question.to == party).count()
}

fn opened_by(deal: &Deal, party: Party) -> usize {
    deal.disputes
        .iter()
        .filter(|case| case.opener.party() == Some(party))
        .count()
}
