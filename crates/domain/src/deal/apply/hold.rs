//! Holds, the first of two keys, and our own downtime.

use crate::deal::clock::{self, DeadlineKind};
use crate::deal::event::TwoKeyAction;
use crate::deal::{Deal, Hold, TurnedKey};
use crate::id::UserId;
use crate::time::{Span, Timestamp};

impl Deal {
    pub(super) fn place_hold(&mut self, by: Option<UserId>, reason: String, at: Timestamp) {
        self.holds.push(by);
        self.forget_key(&TwoKeyAction::LiftHold);
        let left = self.clocks.stop(&DeadlineKind::Hold, at);
        let since = self.hold.as_ref().map_or(at, |hold| hold.since);
        self.hold = Some(Hold { by, reason, since });
        self.clocks.pause(at);
        let left = left.unwrap_or(Span::ZERO).plus(clock::HOLD);
        self.clocks.start(DeadlineKind::Hold, at, left);
    }

    pub(super) fn end_hold(&mut self, at: Timestamp) {
        self.hold = None;
        self.forget_key(&TwoKeyAction::LiftHold);
        self.clocks.stop(&DeadlineKind::Hold, at);
        self.resume_clocks(at);
    }

    /// A key for another way to do the same takes the place of the one before.
    pub(super) fn turn_key(&mut self, by: Option<UserId>, action: TwoKeyAction) {
        self.forget_key(&action);
        self.keys.extend(by.map(|by| TurnedKey { action, by }));
    }

    /// What a key was turned for is done, or has changed.
    pub(super) fn forget_key(&mut self, action: &TwoKeyAction) {
        self.keys.retain(|key| !key.action.is_same_matter(action));
    }

    pub(super) fn credit_downtime(&mut self, from: Timestamp, until: Timestamp) {
        self.clocks.extend(from, until);
        self.downtime_until = until;
    }
}
