//! What has expired, and files that became nothing.

use storage::{Lease, Limit, StoreError};

use super::{Job, JobReport};
use crate::Services;
use crate::actor::Actor;

impl Services {
    /// Nothing depends on it: what has expired is not found even while it lies there. Goes on until
    /// nothing is left.
    pub(super) async fn clean_up(&self, lease: &mut Lease) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        while self.keeps(Some(lease)).await? {
            let removed = self.store.sweep(self.clock.now(), Limit::MAX).await?;
            report.count_all(Job::CleanUp, Ok(usize::try_from(removed).unwrap_or(0)));
            if removed == 0 {
                break;
            }
        }
        while self.keeps(Some(lease)).await? {
            let swept = self.sweep_files(&Actor::System, Limit::MAX).await;
            let is_all = !matches!(swept, Ok(count) if count == Limit::MAX.get());
            report.count_all(Job::CleanUp, swept);
            if is_all {
                break;
            }
        }
        Ok(report)
    }
}
