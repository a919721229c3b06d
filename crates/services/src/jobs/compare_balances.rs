//! What is owed against what the gateway holds, again and again.

use super::{Job, JobReport};
use crate::Services;

impl Services {
    pub(super) async fn run_reconciliation(&self) -> JobReport {
        let mut report = JobReport::default();
        let found = self.reconcile().await;
        report.count_all(Job::Reconciliation, found.map(|found| found.lines.len()));
        report
    }
}
