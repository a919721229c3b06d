//! The heartbeat: a row each minute. A gap in them is our downtime, and is given back to every
//! deadline it hurt before any timer runs.

use domain::Span;
use domain::deal::{Command, Deal};
use storage::{Gap, Limit, StoreError};

use super::{Job, JobReport};
use crate::Services;
use crate::deals::Order;

/// A shorter gap hurts nobody: every deadline is hours long.
const GAP_MIN: Span = Span::minutes(10);

impl Services {
    /// Notes a gap since the last sign of life, gives a new one, and extends what gaps have hurt.
    pub(super) async fn beat(&self) -> Result<JobReport, StoreError> {
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
        self.give_back_gaps().await
    }

    /// Whether some gap has yet to be given back: until then no timer may run.
    pub(super) async fn owes_downtime(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let last = self.store.heartbeats().last().await?;
        let unseen = last.is_some_and(|last| now.since(last) > GAP_MIN);
        let unapplied = self
            .store
            .heartbeats()
            .list_unapplied(Limit::new(1))
            .await?;
        Ok(unseen || !unapplied.is_empty())
    }

    async fn give_back_gaps(&self) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        for gap in self.store.heartbeats().list_unapplied(Limit::MAX).await? {
            let failed_before = report.failed;
            self.give_back(&gap, &mut report).await?;
            if report.failed == failed_before {
                self.store
                    .heartbeats()
                    .mark_applied(gap.from, self.clock.now())
                    .await?;
            }
        }
        Ok(report)
    }

    async fn give_back(&self, gap: &Gap, report: &mut JobReport) -> Result<(), StoreError> {
        let mut after = None;
        loop {
            let deals = self.store.deals().list_running(after, Limit::MAX).await?;
            for id in &deals {
                let downtime = Command::Downtime {
                    from: gap.from,
                    until: gap.to,
                };
                let told = self.carry_out(Order::by_system(*id), |_: &Deal| Ok(downtime.clone()));
                report.count(Job::Heartbeat, id, told.await.map(|_| ()));
            }
            after = deals.last().copied();
            if deals.len() < Limit::MAX.get() {
                return Ok(());
            }
        }
    }
}
