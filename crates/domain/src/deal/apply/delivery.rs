//! Shipping, the code, inspection, changes.

use crate::deal::clock::{self, DeadlineKind};
use crate::deal::code::{self, CodeState};
use crate::deal::state::State;
use crate::deal::{Deal, Inspection, Shipment};
use crate::time::{Span, Timestamp};

impl Deal {
    pub(super) fn ship(&mut self, carrier: String, tracking: String, at: Timestamp) {
        self.clocks.stop(&DeadlineKind::ShipBy, at);
        self.shipment = Some(Shipment {
            carrier,
            tracking,
            since: at,
        });
        self.enter(State::InDelivery);
    }

    pub(super) fn make_code(&mut self, generation: u32, at: Timestamp) {
        self.code = CodeState {
            generation,
            expires_at: Some(at.plus(code::VALID)),
            tries: 0,
            locked_until: None,
            ..self.code
        };
    }

    pub(super) fn refuse_code(&mut self, locks: bool, at: Timestamp) {
        self.code.tries = self.code.tries.saturating_add(1);
        self.code.tries_in_deal = self.code.tries_in_deal.saturating_add(1);
        self.code.locked_until = locks.then(|| at.plus(code::LOCK));
    }

    pub(super) fn verify_code(&mut self, at: Timestamp) {
        self.code.ever_verified = true;
        self.code.expires_at = None;
        self.inspect(true, at);
    }

    pub(super) fn inspect(&mut self, confirmed: bool, at: Timestamp) {
        // What pauses and downtime added to it is still there if changes are asked for.
        if let Some(left) = self.clocks.stop(&DeadlineKind::Delivery, at) {
            self.delivery_due = Some(at.plus(left));
        }
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

    pub(super) fn remind(&mut self, at: Timestamp) {
        self.clocks
            .no_sooner(&DeadlineKind::Inspection, at, clock::REMINDER_LEAD);
        self.look(|inspection| inspection.reminded_at = Some(at));
    }

    pub(super) fn ask_for_changes(&mut self, at: Timestamp) {
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

    pub(super) fn extend_delivery(&mut self, by: Span) {
        self.delivery_due = self.delivery_due.map(|due| due.plus(by));
        self.clocks
            .lengthen(&[DeadlineKind::ShipBy, DeadlineKind::Delivery], by);
    }
}
