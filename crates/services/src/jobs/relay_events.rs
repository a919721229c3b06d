//! The relay: every event of a deal to whoever has to hear of it, at least once, in order.
//!
//! Each consumer may be repeated: a notice is known by its event, a command of the system is
//! refused or empty the second time. The position moves only after all of them are done.

use domain::deal::{Command, Deal, Event, EventBody};
use domain::id::UserId;
use storage::{Lease, Limit, StoreError, Undispatched};

use super::trying::{subject_of, subject_of_joint};
use super::{Job, JobReport};
use crate::Services;
use crate::actor::Actor;
use crate::deals::{DealError, Order, notices};
use crate::notifications::{Message, Notice};

impl Services {
    pub(super) async fn relay_events(
        &self,
        mut lease: Option<&mut Lease>,
    ) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        let failed = self.failed_at(Job::Relay).await?;
        for waiting in self.store.requests().list_undispatched(Limit::MAX).await? {
            if !self.keeps(lease.as_deref_mut()).await? {
                return Ok(report);
            }
            let subject = format!("request:{}", waiting.aggregate.id);
            let work = async {
                let relayed = self.relay_request(&Actor::System, &waiting).await;
                relayed.map_err(DealError::from)
            };
            self.try_one(Job::Relay, &subject, &failed, &mut report, Box::pin(work))
                .await?;
        }
        for waiting in self
            .store
            .joint_payouts()
            .list_undispatched(Limit::MAX)
            .await?
        {
            if !self.keeps(lease.as_deref_mut()).await? {
                return Ok(report);
            }
            let subject = subject_of_joint(waiting.aggregate.id);
            let work = Box::pin(self.relay_joint(waiting));
            self.try_one(Job::Relay, &subject, &failed, &mut report, work)
                .await?;
        }
        for waiting in self.store.deals().list_undispatched(Limit::MAX).await? {
            if !self.keeps(lease.as_deref_mut()).await? {
                break;
            }
            let subject = subject_of(waiting.aggregate.id);
            let work = Box::pin(self.relay_deal(waiting));
            self.try_one(Job::Relay, &subject, &failed, &mut report, work)
                .await?;
        }
        Ok(report)
    }

    pub(crate) async fn relay_deal(&self, waiting: Undispatched<Deal>) -> Result<(), DealError> {
        let Undispatched {
            aggregate: deal,
            after,
        } = waiting;
        for event in deal.events.iter().filter(|event| event.seq > after) {
            self.relay_event(&deal, event).await?;
            self.follow_up(&deal, event).await?;
            if event.seq == deal.last_seq() {
                // Before the last mark: after it nobody comes back to this deal.
                self.tell_request(&deal).await?;
                self.tell_intents(&deal).await?;
            }
            self.store
                .deals()
                .mark_dispatched(deal.id, event.seq)
                .await?;
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
