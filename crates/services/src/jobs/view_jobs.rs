//! What an admin sees of the jobs: what they did here, whether the clocks run, when they stood.

use domain::Timestamp;
use domain::policy::Action;
use storage::{Gap, Page, PageRequest};

use super::JobCount;
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// Jobs, heartbeats and gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobsView {
    /// What each job of this process did since it started.
    pub counts: Vec<JobCount>,
    /// The last sign of life of any node.
    pub last_beat: Option<Timestamp>,
    /// Times in which nobody was there, newest first. Every running deadline was extended by them.
    pub gaps: Page<Gap>,
    /// How much given-up work waits for a person.
    pub given_up: u64,
    /// The moment all this is of.
    pub now: Timestamp,
}

impl Services {
    /// How the jobs are doing.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn view_jobs(&self, actor: &Actor, gaps: PageRequest) -> Result<JobsView, Failure> {
        actor.may(Action::ManageJobs)?;
        let beats = self.store.heartbeats();
        Ok(JobsView {
            counts: self.job_counts.all(),
            last_beat: beats.last().await?,
            gaps: beats.list_gaps(gaps).await?,
            given_up: self.store.dead_letters().count_open().await?,
            now: self.now(),
        })
    }
}
