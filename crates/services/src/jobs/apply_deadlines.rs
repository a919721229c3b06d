//! Deadlines of deals that are over.

use domain::deal::{Command, DeadlineKind, Deal};
use domain::id::DealId;
use domain::intent::{Intent, Rail};
use domain::{Span, Timestamp};
use storage::{Desk, Lease, StoreError};

use super::away::Away;
use super::trying::subject_of;
use super::{Job, JobReport};
use crate::Services;
use crate::deals::{DealError, Order};
use crate::paging::{Pages, read_all};
use crate::payments::ReadAddressError;

/// How often somebody is sought for a dispute that nobody could judge.
const SEEK_PAUSE: Span = Span::minutes(1);

impl Services {
    pub(super) async fn apply_deadlines(&self, lease: &mut Lease) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        self.run_timers(Some(lease), &mut report).await?;
        self.seek_staff(lease, &mut report).await?;
        Ok(report)
    }

    /// Lets every timer run that is due, as long as the lease is kept, where one is needed: two
    /// that run the same timer do no harm. Downtime of ours that a deal was not given back yet is
    /// given back before.
    pub(super) async fn run_timers(
        &self,
        mut lease: Option<&mut Lease>,
        report: &mut JobReport,
    ) -> Result<(), StoreError> {
        let failed = self.failed_at(Job::Deadlines).await?;
        let now = self.clock.now();
        let (requests, deals) = (self.store.requests(), self.store.deals());
        let mut pages = Pages::first();
        while let Some(due) = pages.next(|page| requests.list_due(now, page)).await? {
            for id in due {
                if !self.keeps(lease.as_deref_mut()).await? {
                    return Ok(());
                }
                let subject = format!("request:{id}");
                let work = Box::pin(self.tick_request(id));
                self.try_one(Job::Deadlines, &subject, &failed, report, work)
                    .await?;
            }
        }
        let mut away = Away::default();
        let mut pages = Pages::first();
        while let Some(due) = pages.next(|page| deals.list_due(now, page)).await? {
            for id in due {
                if !self.keeps(lease.as_deref_mut()).await? {
                    return Ok(());
                }
                let subject = subject_of(id);
                let work = Box::pin(self.run_timers_of(id, &mut away));
                self.try_one(Job::Deadlines, &subject, &failed, report, work)
                    .await?;
            }
        }
        Ok(())
    }

    /// Lets a deal's due timers run.
    pub(crate) async fn apply_deadlines_of(&self, id: DealId) -> Result<(), DealError> {
        self.run_timers_of(id, &mut Away::default()).await
    }

    /// Before a quote expires its address is read again: money may have arrived in time. While the
    /// gateway does not answer, no quote expires.
    async fn run_timers_of(&self, id: DealId, away: &mut Away) -> Result<(), DealError> {
        let Some(deal) = self.store.deals().find(id).await? else {
            return Ok(());
        };
        let quote = deal.clocks.at(&DeadlineKind::Quote);
        let is_expiring = quote.is_some_and(|at| at <= self.clock.now());
        let address_read_at = if is_expiring {
            self.read_before_expiry(&deal, away).await?
        } else {
            None
        };
        let order = Order {
            address_read_at,
            ..Order::by_system(id)
        };
        self.carry_out(order, |_: &Deal| Ok(Command::Tick)).await?;
        self.draw_missing_staff(id).await
    }

    async fn read_before_expiry(
        &self,
        deal: &Deal,
        away: &mut Away,
    ) -> Result<Option<Timestamp>, DealError> {
        let asset = deal.terms.asset;
        let intent = Intent::id_for(deal.id, Rail::Shkeeper);
        match self.store.intents().find(intent).await? {
            // Nobody ever saw an address: nothing can have arrived.
            None => Ok(Some(self.clock.now())),
            Some(intent) if intent.address.is_none() => Ok(Some(self.clock.now())),
            Some(_) if away.has(asset) => Ok(None),
            Some(intent) => match self.read_address(intent.id).await {
                Ok(read_at) => Ok(read_at),
                Err(ReadAddressError::Deal(error)) => Err(error),
                Err(ReadAddressError::Gateway(error)) => {
                    away.note(asset, &error);
                    tracing::warn!(deal = %deal.id, %error, "a quote waits: its address cannot be read");
                    Ok(None)
                }
            },
        }
    }

    /// Draws somebody for disputes and rulings for which nobody could be drawn when they came.
    async fn seek_staff(
        &self,
        lease: &mut Lease,
        report: &mut JobReport,
    ) -> Result<(), StoreError> {
        let failed = self.failed_at(Job::Deadlines).await?;
        for desk in [Desk::Undrawn, Desk::ApproverUndrawn] {
            for id in self.deals_on(desk).await? {
                if !self.staff_sought.is_time(id, self.now(), SEEK_PAUSE) {
                    continue;
                }
                if !self.keeps(Some(lease)).await? {
                    return Ok(());
                }
                let subject = format!("draw:{id}");
                let work = Box::pin(self.draw_missing_staff(id));
                self.try_one(Job::Deadlines, &subject, &failed, report, work)
                    .await?;
            }
        }
        Ok(())
    }

    /// Every deal on a desk, newest first.
    pub(super) async fn deals_on(&self, desk: Desk) -> Result<Vec<DealId>, StoreError> {
        let deals = self.store.deals();
        read_all(|page| deals.list_on_desk(desk, page), |deal| deal.id).await
    }
}
