//! Mail on its way out, what has expired, files that became nothing.

use storage::{Limit, StoreError};

use super::{Job, JobReport};
use crate::Services;
use crate::actor::Actor;

impl Services {
    pub(super) async fn send_mail(&self) -> JobReport {
        let mut report = JobReport::default();
        let delivered = self.deliver_mail(&Actor::System, Limit::MAX).await;
        report.count_all(
            Job::Mail,
            delivered.map(|delivery| usize::try_from(delivery.total()).unwrap_or(usize::MAX)),
        );
        report
    }

    /// Nothing depends on it: what has expired is not found even while it lies there.
    pub(super) async fn clean_up(&self) -> Result<JobReport, StoreError> {
        let removed = self.store.sweep(self.clock.now(), Limit::MAX).await?;
        let done = u32::try_from(removed).unwrap_or(u32::MAX);
        let mut report = JobReport { done, failed: 0 };
        let swept = self.sweep_files(&Actor::System, Limit::MAX).await;
        report.count_all(Job::CleanUp, swept);
        Ok(report)
    }
}
