//! Legs: approved, sent once, reported; addresses and claims; surplus.

use super::{Decided, Draft};
use crate::deal::Party;
use crate::deal::bounds::{
    ADDRESSES_PER_LEG_MAX, CLAIMS_PER_LEG_MAX, LABEL_CHARS_MAX, OTHER_TXS_MAX, require_short,
};
use crate::deal::clock::CLAIM;
use crate::deal::command::LegResult;
use crate::deal::event::{EventBody, TwoKeyAction};
use crate::deal::leg::{Leg, LegId, LegState};
use crate::deal::rejection::Rejection;
use crate::deal::terms::Destination;
use crate::id::UserId;
use crate::ledger::Account;
use crate::time::Span;

/// How long the payee can stop a payout that took two admins.
pub(crate) const VETO: Span = Span::hours(24);

impl Draft<'_> {
    pub(super) fn take_surplus(&mut self) -> Decided {
        if !self.deal.state.is_open() {
            return Err(Rejection::WrongState);
        }
        if self.deal.balance(Account::Surplus).is_zero() {
            return Err(Rejection::NoSurplus);
        }
        self.plan_surplus();
        Ok(())
    }

    pub(super) fn plan_surplus(&mut self) {
        let units = self.deal.balance(Account::Surplus);
        if units.is_zero() {
            return;
        }
        let is_surplus = |leg: &&Leg| matches!(leg.id, LegId::Surplus(_));
        let earlier = self.deal.legs.iter().filter(is_surplus).count();
        let n = u32::try_from(earlier).unwrap_or(u32::MAX).saturating_add(1);
        self.emit(EventBody::SurplusPlanned {
            leg: LegId::Surplus(n),
            units,
        });
    }

    pub(super) fn approve_leg_by_limit(&mut self, id: LegId) -> Decided {
        let leg = self.leg_in(&id, &[LegState::Planned])?;
        if leg.net() > self.context.limits.payout_auto {
            return Err(Rejection::NeedsApproval);
        }
        self.emit(EventBody::LegApproved {
            leg: id,
            not_before: None,
        });
        Ok(())
    }

    /// One admin; above the limit of one, two, and the payee has time to stop it.
    pub(super) fn approve_leg_by_admin(&mut self, user: UserId, id: LegId) -> Decided {
        let leg = self.leg_in(&id, &[LegState::Planned])?;
        if leg.approvals.contains(&user) {
            return Err(Rejection::AnotherAdmin);
        }
        let needs_two = leg.net() > self.context.limits.payout_one_key;
        if needs_two && leg.approvals.is_empty() {
            self.emit(EventBody::LegEndorsed { leg: id });
        } else {
            let not_before = needs_two.then(|| self.context.now.plus(VETO));
            self.emit(EventBody::LegApproved {
                leg: id,
                not_before,
            });
        }
        Ok(())
    }

    /// Reserves a leg: only after this is stored may the gateway be told.
    pub(super) fn start_sending(&mut self, id: LegId) -> Decided {
        let leg = self.leg_in(&id, &[LegState::Approved])?;
        if self.deal.hold.is_some() {
            return Err(Rejection::OnHold);
        }
        if self.deal.state.stops_payouts() {
            return Err(Rejection::WrongState);
        }
        match leg.not_before {
            Some(at) if self.context.now < at => return Err(Rejection::TooEarly(at)),
            _ => {}
        }
        self.emit(EventBody::LegSending { leg: id });
        Ok(())
    }

    /// An address that waits or is stopped is one of the payee's affairs: after 90 days the leg is
    /// owed for ever, and the deal is not kept open for it.
    pub(super) fn shelve_leg(&mut self, id: LegId) -> Decided {
        let leg = self.leg_in(&id, &[LegState::Planned, LegState::Approved])?;
        if self.deal.hold.is_some() {
            return Err(Rejection::OnHold);
        }
        let at = leg.planned_at.plus(CLAIM);
        if self.context.now < at {
            return Err(Rejection::TooEarly(at));
        }
        self.emit(EventBody::LegUnclaimed { leg: id });
        Ok(())
    }

    /// What the gateway said of one sending. "Paid" is true of a leg that was ever sent, whichever
    /// sending it was and whenever it comes, so that it is not sent again. Anything else is of the
    /// latest sending or of none.
    pub(super) fn report_leg(&mut self, id: LegId, sending: u32, result: LegResult) {
        let Some(leg) = self.deal.leg(&id) else {
            return;
        };
        let tx = match result {
            LegResult::Paid { tx } => tx,
            other if sending == leg.sends => return self.follow_sending(id, other),
            _ => return,
        };
        let is_known = leg.tx.as_ref() == Some(&tx) || leg.other_txs.contains(&tx);
        if leg.can_turn_out_paid() {
            self.emit(EventBody::LegPaid { leg: id, tx });
        } else if !is_known && leg.other_txs.len() < OTHER_TXS_MAX {
            self.emit(EventBody::LegPaidAgain { leg: id, tx });
        }
    }

    /// The leg's latest sending goes on. That it is unclear may have been found by somebody who
    /// asked before the gateway had answered the one who sent: that answer, which is given once,
    /// still counts. A "no" after the gateway took it is none.
    fn follow_sending(&mut self, id: LegId, result: LegResult) {
        let Some(leg) = self.deal.leg(&id) else {
            return;
        };
        let is_sending = leg.state == LegState::Sending;
        let is_asked = leg.state == LegState::Unknown && leg.task.is_none();
        match result {
            LegResult::Taken { task } if (is_sending || is_asked) && is_news(leg, &task) => {
                self.emit(EventBody::LegTaken { leg: id, task });
            }
            LegResult::Unclear if is_sending => self.emit(EventBody::LegUnclear { leg: id }),
            LegResult::Failed(fault) if is_sending || is_asked => {
                self.emit(EventBody::LegFailed { leg: id, fault });
            }
            LegResult::Paid { .. }
            | LegResult::Taken { .. }
            | LegResult::Unclear
            | LegResult::Failed(_) => {}
        }
    }

    pub(super) fn agree_resend(&mut self, user: UserId, id: LegId) -> Decided {
        self.leg_in(&id, &[LegState::Unknown])?;
        if self.turn_key(user, TwoKeyAction::Resend { leg: id.clone() })? {
            self.emit(EventBody::LegResendAgreed { leg: id });
        }
        Ok(())
    }

    /// A payee may give an address while the leg waits for one, correct it until it is approved,
    /// and take a big payout back into review while it waits out its veto time.
    pub(super) fn give_leg_address(
        &mut self,
        party: Party,
        id: LegId,
        destination: Destination,
    ) -> Decided {
        let leg = self.deal.leg(&id).ok_or(Rejection::NoSuchLeg)?;
        if !leg.takes_address(self.context.now) {
            return Err(Rejection::WrongLegState);
        }
        if leg.payee != party {
            return Err(Rejection::NotThePayee);
        }
        if leg.destination.as_ref() == Some(&destination) && leg.state == LegState::Planned {
            return Ok(());
        }
        if leg.addresses >= ADDRESSES_PER_LEG_MAX {
            return Err(Rejection::TooManyAddresses);
        }
        self.emit(EventBody::LegAddressGiven {
            leg: id,
            destination,
        });
        Ok(())
    }

    pub(super) fn claim_leg(
        &mut self,
        party: Party,
        id: LegId,
        destination: Destination,
    ) -> Decided {
        if !self.deal.state.is_final() {
            return Err(Rejection::WrongState);
        }
        let leg = self.leg_in(&id, &[LegState::Unclaimed])?;
        if leg.payee != party {
            return Err(Rejection::NotThePayee);
        }
        if leg.gross < self.deal.terms.asset.min_payout() {
            return Err(Rejection::BelowMinimum);
        }
        if leg.addresses >= CLAIMS_PER_LEG_MAX {
            return Err(Rejection::TooManyAddresses);
        }
        self.emit(EventBody::LegClaimed {
            leg: id,
            destination,
        });
        Ok(())
    }

    pub(super) fn leg_in(&self, id: &LegId, states: &[LegState]) -> Result<Leg, Rejection> {
        let leg = self.deal.leg(id).ok_or(Rejection::NoSuchLeg)?;
        if states.contains(&leg.state) {
            Ok(leg.clone())
        } else {
            Err(Rejection::WrongLegState)
        }
    }

    /// Money that a hold could still stop: undecided, or owed by a leg that was not sent.
    pub(super) fn can_be_stopped(&self) -> bool {
        let undecided = [Account::Held, Account::Surplus, Account::Late];
        undecided
            .into_iter()
            .any(|account| !self.deal.balance(account).is_zero())
            || self.deal.legs.iter().any(|leg| leg.state.is_unsent())
    }
}

/// A name that the leg does not have yet, and that a deal can keep.
fn is_news(leg: &Leg, task: &str) -> bool {
    leg.task.is_none() && !task.is_empty() && require_short(task, LABEL_CHARS_MAX).is_ok()
}
