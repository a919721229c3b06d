//! Pausing a deal for review, and giving back our own downtime.

use super::{Decided, Draft};
use crate::deal::Hold;
use crate::deal::bounds::{DOWNTIMES_MAX, HOLDS_MAX, NOTE_CHARS_MAX, require_short};
use crate::deal::event::{EventBody, TwoKeyAction};
use crate::deal::rejection::Rejection;
use crate::id::UserId;
use crate::time::Timestamp;

impl Draft<'_> {
    /// One admin; each further period by another one than the admin's period before.
    pub(super) fn place_hold(&mut self, user: UserId, reason: String) -> Decided {
        let last_admin = self.deal.holds.iter().rev().find_map(|by| *by);
        let is_again = last_admin == Some(user);
        self.pause_for_review(is_again, reason)
    }

    /// A period of the system's own counts among the others. It is not prolonged while it lasts.
    pub(super) fn place_hold_by_system(&mut self, reason: String) -> Decided {
        let is_held = |hold: &Hold| hold.by.is_none();
        if self.deal.hold.as_ref().is_some_and(is_held) {
            return Ok(());
        }
        self.pause_for_review(false, reason)
    }

    fn pause_for_review(&mut self, by_same_admin: bool, reason: String) -> Decided {
        if !self.can_be_stopped() {
            let is_gone = self.deal.legs.iter().any(|leg| leg.state.is_sent());
            return Err(if is_gone {
                Rejection::TooLate
            } else {
                Rejection::NothingToHold
            });
        }
        if self.deal.holds.len() >= HOLDS_MAX {
            return Err(Rejection::NoMoreHolds);
        }
        if by_same_admin {
            return Err(Rejection::AnotherAdmin);
        }
        require_short(&reason, NOTE_CHARS_MAX)?;
        self.emit(EventBody::HoldPlaced { reason });
        Ok(())
    }

    pub(super) fn lift_hold(&mut self, user: UserId) -> Decided {
        if self.deal.hold.is_none() {
            return Err(Rejection::NotHeld);
        }
        if self.turn_key(user, TwoKeyAction::LiftHold)? {
            self.emit(EventBody::HoldLifted);
        }
        Ok(())
    }

    /// Gives a gap of ours back to every deadline it hurt, once.
    pub(super) fn credit_downtime(&mut self, from: Timestamp, until: Timestamp) {
        let from = from.max(self.deal.downtime_until);
        let hurts = self
            .deal
            .clocks
            .running()
            .iter()
            .any(|deadline| deadline.since < until);
        let given = self.deal.events.iter();
        let given = given.filter(|event| matches!(event.body, EventBody::DowntimeCredited { .. }));
        let has_room = given.count() < DOWNTIMES_MAX;
        if from < until && until <= self.context.now && hurts && has_room {
            self.emit(EventBody::DowntimeCredited { from, until });
        }
    }
}
