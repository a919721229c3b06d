//! Who judges, ruling, approving a ruling, and what follows when nobody does.

use super::{Decided, Draft};
use crate::deal::bounds::{DRAWS_MAX, RULINGS_PROPOSED_MAX, STATEMENT_CHARS_MAX, require_short};
use crate::deal::dispute::{Dispute, ProposedRuling, RuledBy, Ruling, Tier};
use crate::deal::event::{EventBody, SettledBy};
use crate::deal::rejection::Rejection;
use crate::deal::state::State;
use crate::deal::{Deal, Division};
use crate::id::UserId;
use crate::money::Units;

impl Draft<'_> {
    pub(super) fn draw_resolver(&mut self, resolver: UserId) -> Decided {
        let case = self.open_case()?;
        if self.deal.party(resolver).is_some() || case.has_judged_first(resolver) {
            return Err(Rejection::CannotBeDrawn);
        }
        if case.proposed.is_some() {
            return Err(Rejection::RulingPending);
        }
        if case.resolver == Some(resolver) {
            return Ok(());
        }
        self.require_draws_left()?;
        self.emit(EventBody::ResolverDrawn { resolver });
        Ok(())
    }

    pub(super) fn draw_approver(&mut self, approver: UserId) -> Decided {
        let case = self.open_case()?;
        let proposed = case.proposed.as_ref().ok_or(Rejection::NoRulingPending)?;
        let is_free = self.deal.party(approver).is_none()
            && case.resolver != Some(approver)
            && !case.has_judged_first(approver)
            && proposed.missed_by != Some(approver);
        if !is_free {
            return Err(Rejection::CannotBeDrawn);
        }
        if proposed.approver == Some(approver) {
            return Ok(());
        }
        self.require_draws_left()?;
        self.emit(EventBody::ApproverDrawn { approver });
        Ok(())
    }

    fn require_draws_left(&self) -> Decided {
        if self.deal.counts.draws < DRAWS_MAX {
            Ok(())
        } else {
            Err(Rejection::Full)
        }
    }

    pub(super) fn rule(
        &mut self,
        user: UserId,
        buyer: Units,
        seller: Units,
        reasoning: String,
    ) -> Decided {
        self.require_may_rule(user)?;
        require_short(&reasoning, STATEMENT_CHARS_MAX)?;
        let division = self.deal.division(buyer).ok_or(Rejection::DoesNotAddUp)?;
        if (Division { seller, ..division }) != division {
            return Err(Rejection::DoesNotAddUp);
        }
        let ruling = Ruling {
            buyer,
            by: RuledBy::Resolver(user),
            reasoning,
            approved_by: None,
        };
        if self.deal.counts.rulings_proposed >= RULINGS_PROPOSED_MAX {
            return Err(Rejection::Full);
        }
        if self.deal.held() <= self.context.limits.ruling_alone {
            return self.carry_ruling(ruling);
        }
        self.emit(EventBody::RulingProposed {
            proposed: ProposedRuling {
                ruling,
                approver: None,
                missed_by: None,
                second_call: false,
            },
        });
        Ok(())
    }

    fn require_may_rule(&self, user: UserId) -> Decided {
        let case = self.open_case()?;
        if case.resolver != Some(user) {
            return Err(Rejection::NotAssigned);
        }
        if !case.may_be_ruled {
            return Err(Rejection::AnswerFirst);
        }
        if case.proposed.is_some() {
            return Err(Rejection::RulingPending);
        }
        Ok(())
    }

    pub(super) fn approve_ruling(&mut self, user: UserId) -> Decided {
        let proposed = self.ruling_to_approve(user)?;
        self.carry_ruling(Ruling {
            approved_by: Some(user),
            ..proposed.ruling
        })
    }

    pub(super) fn reject_ruling(&mut self, user: UserId) -> Decided {
        self.ruling_to_approve(user)?;
        self.emit(EventBody::RulingDropped);
        Ok(())
    }

    fn ruling_to_approve(&self, user: UserId) -> Result<ProposedRuling, Rejection> {
        let case = self.open_case()?;
        let proposed = case.proposed.clone().ok_or(Rejection::NoRulingPending)?;
        if proposed.approver == Some(user) {
            Ok(proposed)
        } else {
            Err(Rejection::NotAssigned)
        }
    }

    /// In the first tier a ruling waits for an appeal; in the second it is carried out.
    fn carry_ruling(&mut self, ruling: Ruling) -> Decided {
        let is_last = self.open_case()?.tier == Tier::Second;
        let buyer = ruling.buyer;
        self.emit(EventBody::Ruled { ruling });
        if is_last {
            self.settle(SettledBy::Ruling, buyer)
        } else {
            Ok(())
        }
    }

    /// Nobody ruled in time: in the first tier the evidence decides, in the second the first
    /// ruling stands.
    pub(super) fn rule_by_silence(&mut self) {
        let Some(case) = self.deal.dispute() else {
            return;
        };
        let standing = case
            .first_ruling
            .clone()
            .filter(|_| case.tier == Tier::Second);
        let ruling = standing.unwrap_or_else(|| by_evidence(&self.deal, case));
        self.carry_ruling(ruling)
            .expect("an open dispute can be ruled on");
    }

    pub(super) fn carry_unappealed_ruling(&mut self) {
        let ruling = self.deal.dispute().and_then(|case| case.ruling.clone());
        let ruling = ruling.expect("a ruled deal has a ruling");
        self.settle(SettledBy::Ruling, ruling.buyer)
            .expect("a standing ruling fits what is held");
    }

    /// What is held has changed: nothing that was ruled or proposed on it stands.
    pub(super) fn void_ruling(&mut self) {
        let has_any = self.deal.dispute().is_some_and(|case| {
            case.proposed.is_some() || case.ruling.is_some() || case.first_ruling.is_some()
        });
        if has_any {
            self.emit(EventBody::RulingVoided);
        }
    }

    /// The approver let the time pass: another is called, once.
    pub(super) fn miss_approval(&mut self) {
        let proposed = self.deal.dispute().and_then(|case| case.proposed.as_ref());
        let was_second = proposed.is_none_or(|proposed| proposed.second_call);
        self.emit(if was_second {
            EventBody::RulingDropped
        } else {
            EventBody::ApprovalOverdue
        });
    }
}

/// What the evidence says: never shipped, or never proved by a code, goes back; proved by a code
/// goes to the seller. Terms with a split on silence divide what had been shipped.
fn by_evidence(deal: &Deal, case: &Dispute) -> Ruling {
    let held = deal.held();
    let buyer = match deal.terms.buyer_on_silence {
        _ if case.opened_in == State::Funded => held,
        Some(part) => part.of(held),
        None if deal.code.ever_verified => Units::ZERO,
        None => held,
    };
    Ruling {
        buyer,
        by: RuledBy::Evidence,
        reasoning: String::new(),
        approved_by: None,
    }
}
