//! Running a job under its lease.

use domain::Span;
use storage::{Lease, StoreError};

use crate::Services;
use crate::deals::DealError;
use crate::failure::Failure;

/// The jobs there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Job {
    /// A sign of life each minute, and what a gap in them means.
    Heartbeat,
    /// Events to notifications, mail, sockets and follow-up work.
    Relay,
    /// Deadlines of deals.
    Deadlines,
    /// What arrived at addresses that nobody called back about.
    Polling,
    /// Payouts: approve, send, ask.
    Payouts,
    /// What is owed against what is there.
    Reconciliation,
    /// Letters that wait to be sent.
    Mail,
    /// What has expired is removed.
    CleanUp,
}

impl Job {
    /// All there are, in the order they are started.
    pub const ALL: [Self; 8] = [
        Self::Heartbeat,
        Self::Relay,
        Self::Deadlines,
        Self::Polling,
        Self::Payouts,
        Self::Reconciliation,
        Self::Mail,
        Self::CleanUp,
    ];

    /// The name of its lease, in logs and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Heartbeat => "heartbeat",
            Self::Relay => "relay",
            Self::Deadlines => "deadlines",
            Self::Polling => "polling",
            Self::Payouts => "payouts",
            Self::Reconciliation => "reconciliation",
            Self::Mail => "mail",
            Self::CleanUp => "clean-up",
        }
    }

    /// How long it rests when nothing was due and nobody wakes it.
    pub const fn rest(self) -> Span {
        match self {
            Self::Heartbeat | Self::Reconciliation => Span::minutes(1),
            Self::Relay | Self::Payouts | Self::Mail => Span::seconds(2),
            Self::CleanUp => Span::minutes(10),
            Self::Deadlines => Span::seconds(1),
            Self::Polling => Span::seconds(5),
        }
    }

    /// Whether it goes on at once when it has done something: the others would ask the same things
    /// again.
    pub const fn goes_on(self) -> bool {
        matches!(self, Self::Relay | Self::Mail)
    }

    /// Whether a commit of a deal gives it work at once.
    pub const fn wakes_on_commit(self) -> bool {
        matches!(self, Self::Relay | Self::Payouts)
    }
}

/// What a run of a job did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JobReport {
    /// Things done.
    pub done: u32,
    /// Things that failed; they are due again later.
    pub failed: u32,
}

impl JobReport {
    /// Counts a whole batch of another area.
    pub(super) fn count_all(&mut self, job: Job, result: Result<usize, Failure>) {
        match result {
            Ok(done) => {
                self.done = self
                    .done
                    .saturating_add(u32::try_from(done).unwrap_or(u32::MAX));
            }
            Err(error) => {
                self.failed = self.failed.saturating_add(1);
                tracing::warn!(job = job.name(), %error, "a job failed at a batch");
            }
        }
    }

    pub(super) fn count(
        &mut self,
        job: Job,
        subject: impl core::fmt::Display,
        result: Result<(), DealError>,
    ) {
        match result {
            Ok(()) => self.done = self.done.saturating_add(1),
            Err(error) => {
                self.failed = self.failed.saturating_add(1);
                tracing::warn!(job = job.name(), %subject, %error, "a job failed at one thing");
            }
        }
    }
}

/// How long a job's lease lasts; renewed by each run.
const LEASE: Span = Span::seconds(30);

impl Services {
    /// Runs a job once, if this node has its lease or can get it. None when another node has it.
    ///
    /// # Errors
    /// [`StoreError`] when not even the lease could be asked for.
    pub async fn run_job(&self, job: Job, holder: &str) -> Result<Option<JobReport>, StoreError> {
        let now = self.clock.now();
        let lease = self
            .store
            .leases()
            .acquire(job.name(), holder, now, LEASE)
            .await?;
        let Some(lease) = lease else { return Ok(None) };
        let report = self.do_job(job, &lease).await?;
        Ok(Some(report))
    }

    async fn do_job(&self, job: Job, lease: &Lease) -> Result<JobReport, StoreError> {
        match job {
            Job::Heartbeat => self.beat().await,
            Job::Relay => self.relay_events(Some(lease)).await,
            Job::Deadlines => self.apply_deadlines(lease).await,
            Job::Polling => self.poll_addresses(lease).await,
            Job::Payouts => self.move_payouts(lease).await,
            Job::Reconciliation => Ok(self.run_reconciliation().await),
            Job::Mail => Ok(self.send_mail().await),
            Job::CleanUp => self.clean_up().await,
        }
    }

    /// Whether a lease is still ours; asked before each piece of work. Without one nobody can
    /// lose it.
    pub(super) async fn keeps(&self, lease: Option<&Lease>) -> Result<bool, StoreError> {
        match lease {
            Some(lease) => self.store.leases().is_held(lease, self.clock.now()).await,
            None => Ok(true),
        }
    }
}
