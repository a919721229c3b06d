//! The relay: every event of a deal to whoever has to hear of it, at least once, in order.
//!
//! Each consumer may be repeated: a notice is known by its event, a command of the system is
//! refused or empty the second time. The position moves only after all of them are done.

use core::future::Future;

use domain::deal::{Command, Deal, Event, EventBody};
use domain::id::{DealId, UserId};
use storage::{Eventful, Lease, LedgerEntry, Outbox, StoreError, Undispatched};

use super::trying::{Failed, subject_of, subject_of_joint};
use super::{Job, JobReport};
use crate::Services;
use crate::actor::Actor;
use crate::deals::{DealError, Order, notices};
use crate::notifications::{Message, Notice};
use crate::paging::Pages;

/// So many of each kind are relayed in one run.
const DONE_MAX: usize = 100;

/// A run of the relay.
struct Run<'a> {
    lease: Option<&'a mut Lease>,
    failed: Failed,
    report: JobReport,
}

impl Services {
    pub(super) async fn relay_events(
        &self,
        lease: Option<&mut Lease>,
    ) -> Result<JobReport, StoreError> {
        let mut run = Run {
            lease,
            failed: self.failed_at(Job::Relay).await?,
            report: JobReport::default(),
        };
        let (requests, joints) = (self.store.requests(), self.store.joint_payouts());
        let subject = |id| format!("request:{id}");
        let relay = |waiting| async move {
            let relayed = self.relay_request(&Actor::System, waiting).await;
            relayed.map_err(DealError::from)
        };
        self.relay_all(requests, subject, relay, &mut run).await?;
        let relay = |waiting| self.relay_joint(waiting);
        self.relay_all(joints, subject_of_joint, relay, &mut run)
            .await?;
        let relay = |waiting| self.relay_deal(waiting);
        self.relay_all(self.store.deals(), subject_of, relay, &mut run)
            .await?;
        Ok(run.report)
    }

    /// Relays what waits in one outbox, past what failed lately or was given up, as long as the
    /// lease is kept. So many at the most: the other outboxes have their turn however much comes
    /// into this one, and the next run follows soon.
    async fn relay_all<A: Eventful, F>(
        &self,
        outbox: &(impl Outbox<A> + ?Sized),
        subject_of: impl Fn(A::Id) -> String,
        relay: impl Fn(Undispatched<A::Id>) -> F,
        run: &mut Run<'_>,
    ) -> Result<(), StoreError>
    where
        F: Future<Output = Result<(), DealError>>,
    {
        let (mut pages, mut done) = (Pages::first(), 0);
        while let Some(waiting) = pages.next(|page| outbox.list_undispatched(page)).await? {
            for one in waiting {
                if !self.keeps(run.lease.as_deref_mut()).await? {
                    return Ok(());
                }
                let (subject, work) = (subject_of(one.id), Box::pin(relay(one)));
                let is_done = self
                    .try_one(Job::Relay, &subject, &run.failed, &mut run.report, work)
                    .await?;
                done += usize::from(is_done);
                if done == DONE_MAX {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Relays what is new of one deal.
    pub(crate) async fn relay_deal(&self, waiting: Undispatched<DealId>) -> Result<(), DealError> {
        let deals = self.store.deals();
        let Some(deal) = deals.find(waiting.id).await? else {
            return Ok(());
        };
        // All of them, each once: a list that once fell behind is whole again.
        let entries = LedgerEntry::of_deal(&deal, 0);
        self.store.ledger_entries().add(&entries).await?;
        for event in deal.events.iter().filter(|event| event.seq > waiting.after) {
            self.relay_event(&deal, event).await?;
            self.follow_up(&deal, event).await?;
            if event.seq == deal.last_seq() {
                // Before the last mark: after it nobody comes back to this deal.
                self.tell_request(&deal).await?;
                self.tell_intents(&deal).await?;
            }
            deals.mark_dispatched(deal.id, event.seq).await?;
        }
        Ok(())
    }

    async fn relay_event(&self, deal: &Deal, event: &Event) -> Result<(), DealError> {
        for (to, message) in notices(deal, event) {
            self.tell(deal, event, to, message).await?;
        }
        let title = deal.terms.goods.title.clone();
        match &event.body {
            // The reminder is where the buyer will find it, so the deal may count on it.
            EventBody::ReminderDue => self.as_system(deal, Command::ReminderWritten).await,
            EventBody::DisputeOpened { .. }
            | EventBody::Appealed { .. }
            | EventBody::RulingProposed { .. }
            | EventBody::ApprovalOverdue => self.draw_missing_staff(deal.id).await,
            EventBody::ResolverDrawn { resolver } => {
                self.tell(deal, event, *resolver, Message::DisputeDrawn { title })
                    .await
            }
            EventBody::ApproverDrawn { approver } => {
                self.tell(deal, event, *approver, Message::RulingToApprove { title })
                    .await
            }
            EventBody::QuestionAnswered { .. } => {
                let resolver = deal.disputes.last().and_then(|case| case.resolver);
                let Some(resolver) = resolver else {
                    return Ok(());
                };
                self.tell(deal, event, resolver, Message::QuestionAnswered { title })
                    .await
            }
            EventBody::ReopenAgreed { .. } if deal.reopen.buyer && deal.reopen.seller => {
                self.reopen_deal(deal).await
            }
            _ => Ok(()),
        }
    }

    async fn as_system(&self, deal: &Deal, command: Command) -> Result<(), DealError> {
        let order = Order::by_system(deal.id);
        self.carry_out(order, |_: &Deal| Ok(command.clone()))
            .await?;
        Ok(())
    }

    async fn tell(
        &self,
        deal: &Deal,
        event: &Event,
        to: UserId,
        message: Message,
    ) -> Result<(), DealError> {
        let notice = Notice {
            to,
            event_key: format!("deal:{}:{}", deal.id, event.seq),
            message,
            related: Some(deal.id.as_uuid()),
            action_path: Some(format!("/deals/{}", deal.id)),
        };
        Ok(self.notify(&Actor::System, &notice).await?)
    }
}
