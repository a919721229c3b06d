//! How often each job ran on this node, and with what success: for whoever looks after it.

use std::sync::{Mutex, PoisonError};

use domain::Timestamp;

use super::{Job, JobReport};

/// What a job of this process did since it started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobCount {
    /// Which job.
    pub job: Job,
    /// How often it ran.
    pub runs: u64,
    /// How many things it did.
    pub done: u64,
    /// How many things it failed at; a run that could not even begin is one.
    pub failed: u64,
    /// When it ended last; none before its first run here.
    pub last_at: Option<Timestamp>,
}

/// Counts of every job.
#[derive(Debug)]
pub(crate) struct JobCounts(Mutex<[JobCount; Job::ALL.len()]>);

impl Default for JobCounts {
    fn default() -> Self {
        Self(Mutex::new(Job::ALL.map(|job| JobCount {
            job,
            runs: 0,
            done: 0,
            failed: 0,
            last_at: None,
        })))
    }
}

impl JobCounts {
    /// Counts a run; none when it could not be done.
    pub(super) fn count(&self, job: Job, report: Option<&JobReport>, at: Timestamp) {
        let report = report.copied().unwrap_or(JobReport { done: 0, failed: 1 });
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.iter_mut().find(|count| count.job == job) {
            count.runs += 1;
            count.done += u64::from(report.done);
            count.failed += u64::from(report.failed);
            count.last_at = Some(at);
        }
    }

    /// All of them, in the order of [`Job::ALL`].
    pub(crate) fn all(&self) -> Vec<JobCount> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .to_vec()
    }
}
