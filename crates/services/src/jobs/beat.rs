//! The heartbeat: a row each minute. A gap in them is our downtime, and is given back to every
//! deadline it hurt before any timer runs.

use domain::deal::{Command, Deal};
use domain::id::DealId;
use domain::{Span, Timestamp};
use storage::{Gap, Lease, Limit, Pulse, StoreError};

use super::trying::subject_of;
use super::{Job, JobReport};
use crate::Services;
use crate::deals::{DealError, Order};

/// A shorter gap hurts nobody: every deadline is hours long.
pub(crate) const GAP_MIN: Span = Span::minutes(10);

impl Services {
    /// Notes a gap since the last sign of life, gives a new one, and extends what gaps have hurt.
    pub(super) async fn beat(&self, lease: Option<&mut Lease>) -> Result<JobReport, StoreError> {
        let now = self.clock.now();
        if let Some(last) = self.store.heartbeats().last().await?
            && now.since(last) > GAP_MIN
        {
            self.store
                .heartbeats()
                .record_gap(&Gap {
                    from: last,
                    to: now,
                    applied_at: None,
                })
                .await?;
        }
        self.store.heartbeats().beat(now).await?;
        self.give_back_gaps(lease).await
    }

    /// What a node does before it serves anybody: a sign of life, and the time that was lost before
    /// it is given back, so that nobody sees a deadline that does not hold. May be repeated, and two
    /// nodes may do it at once.
    ///
    /// # Errors
    /// [`StoreError`]; each deal is still given its time before anything else is decided in it.
    pub async fn wake_up(&self) -> Result<JobReport, StoreError> {
        self.beat(None).await
    }

    /// Gaps that a deal may not have been given back yet, oldest first: those on record, and the one
    /// that no sign of life has ended. It has everything up to `until`.
    pub(crate) async fn owed_gaps(&self, until: Timestamp) -> Result<Vec<Gap>, StoreError> {
        let now = self.clock.now();
        let Pulse { last, mut gaps } = self.store.heartbeats().since(until, Limit::MAX).await?;
        let unseen = last.filter(|last| now.since(*last) > GAP_MIN);
        gaps.extend(unseen.map(|from| Gap {
            from,
            to: now,
            applied_at: None,
        }));
        Ok(gaps)
    }

    async fn give_back_gaps(&self, mut lease: Option<&mut Lease>) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        for gap in self.store.heartbeats().list_unapplied(Limit::MAX).await? {
            let is_whole = self
                .give_back(&gap, lease.as_deref_mut(), &mut report)
                .await?;
            if is_whole {
                self.store
                    .heartbeats()
                    .mark_applied(gap.from, self.clock.now())
                    .await?;
            }
        }
        Ok(report)
    }

    /// Gives a gap back to every deal, and says whether all have it. A deal that cannot take it
    /// keeps the gap open, and nobody waits for it.
    async fn give_back(
        &self,
        gap: &Gap,
        mut lease: Option<&mut Lease>,
        report: &mut JobReport,
    ) -> Result<bool, StoreError> {
        let failed = self.failed_at(Job::Heartbeat).await?;
        let mut is_whole = true;
        let mut after = None;
        loop {
            let deals = self.store.deals().list_running(after, Limit::MAX).await?;
            for id in &deals {
                if !self.keeps(lease.as_deref_mut()).await? {
                    return Ok(false);
                }
                let subject = subject_of(*id);
                let work = Box::pin(self.give_back_to(*id, gap));
                is_whole &= self
                    .try_one(Job::Heartbeat, &subject, &failed, report, work)
                    .await?;
            }
            after = deals.last().copied();
            if deals.len() < Limit::MAX.get() {
                return Ok(is_whole);
            }
        }
    }

    async fn give_back_to(&self, deal: DealId, gap: &Gap) -> Result<(), DealError> {
        let downtime = Command::Downtime {
            from: gap.from,
            until: gap.to,
        };
        let order = Order::by_system(deal);
        self.carry_out(order, |_: &Deal| Ok(downtime.clone()))
            .await?;
        Ok(())
    }
}
