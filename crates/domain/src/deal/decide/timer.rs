//! Deadlines that are over, and what follows from each.

use super::Draft;
use crate::deal::Deal;
use crate::deal::clock::{Deadline, DeadlineKind, REMINDER_LEAD};
use crate::deal::command::Context;
use crate::deal::dispute::DisputeCategory;
use crate::deal::event::{EventBody, SettledBy};
use crate::money::Units;

/// Deadlines that one moment can bring in a row, besides those that ran before it; more would mean
/// two that feed each other.
const IN_A_ROW_MAX: usize = 32;

impl Deal {
    /// The deal after the soonest deadline that is over and ready, and which one that was.
    pub(in crate::deal) fn after_next_timer(
        &self,
        context: &Context<'_>,
    ) -> Option<(Self, Deadline)> {
        let mut draft = Draft::new(self, context);
        let deadline = draft.next_due()?;
        draft.fire(deadline.kind.clone());
        draft.close_when_settled();
        Some((draft.deal, deadline))
    }
}

impl Draft<'_> {
    /// Applies every deadline that is over and ready, soonest first.
    pub(super) fn apply_due_timers(&mut self) {
        let clocks = &self.deal.clocks;
        let known = clocks.running().len().saturating_add(clocks.paused().len());
        for _ in 0..known.saturating_add(IN_A_ROW_MAX) {
            let Some(deadline) = self.next_due() else {
                return;
            };
            self.fire(deadline.kind);
            self.close_when_settled();
        }
        unreachable!("the deadlines of deal {} feed each other", self.deal.id);
    }

    fn next_due(&self) -> Option<Deadline> {
        let mut running = self.deal.clocks.running().iter();
        running.find(|deadline| self.is_ready(deadline)).cloned()
    }

    fn is_ready(&self, deadline: &Deadline) -> bool {
        let is_over = deadline.at <= self.context.now;
        match deadline.kind {
            // The address is read again first: money may have arrived in time.
            DeadlineKind::Quote => {
                is_over
                    && self
                        .context
                        .address_read_at
                        .is_some_and(|read| read >= deadline.at)
            }
            // Nothing is released by itself before the buyer has had a day to react to a reminder.
            DeadlineKind::Inspection => is_over && self.was_reminded(),
            _ => is_over,
        }
    }

    fn was_reminded(&self) -> bool {
        let reminded = self
            .deal
            .inspection
            .and_then(|inspection| inspection.reminded_at);
        reminded.is_some_and(|at| at.plus(REMINDER_LEAD) <= self.context.now)
    }

    fn fire(&mut self, kind: DeadlineKind) {
        use DeadlineKind as D;
        match kind {
            D::Hold => self.emit(EventBody::HoldLapsed),
            D::Suspension => self.lose_funding(),
            D::Quote => self.emit(EventBody::Expired),
            D::Detected => self.emit(EventBody::PaymentUndetected),
            D::TopUp => self.refund(SettledBy::NotPaidInFull),
            D::ShipBy => self.refund(SettledBy::NotShipped),
            D::Delivery => self.dispute_by_system(DisputeCategory::DeliveryDelay),
            D::Reminder => self.emit(EventBody::ReminderDue),
            D::Inspection => self.end_inspection(),
            D::Answer => self.emit(EventBody::AnswerOverdue),
            D::Approval => self.miss_approval(),
            D::RulingPause => self.emit(EventBody::RulingPauseOver),
            D::Ruling => self.rule_by_silence(),
            D::Appeal => self.carry_unappealed_ruling(),
            D::LateFunds => self.plan_all_late(),
            D::Claim { leg } => self.emit(EventBody::LegUnclaimed { leg }),
        }
    }

    fn refund(&mut self, by: SettledBy) {
        self.settle(by, self.deal.held())
            .expect("all that is held can be refunded");
    }

    fn end_inspection(&mut self) {
        let looked = self.deal.inspection;
        if looked.is_some_and(|inspection| !inspection.confirmed && !inspection.seen) {
            self.dispute_by_system(DisputeCategory::DeliveryUnseen);
        } else {
            let all_to_seller = self.settle(SettledBy::InspectionOver, Units::ZERO);
            all_to_seller.expect("all that is held can be released");
        }
    }
}
