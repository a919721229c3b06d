//! Running a job under its lease.

use domain::Span;
use storage::{Lease, StoreError};

use crate::Services;
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

    /// Whether a commit of a deal gives it work at once. Payouts can wait their two seconds: they go
    /// over every leg that waits for people, too.
    pub const fn wakes_on_commit(self) -> bool {
        matches!(self, Self::Relay)
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
}

/// How long a job's lease lasts: whoever dies in a run keeps others from it so long.
const LEASE: Span = Span::minutes(1);
/// A lease with less left than this is renewed before the next piece of work, which takes less: a
/// gateway that does not answer is asked three times, ten seconds each.
const RENEWED_BELOW: Span = Span::seconds(40);

impl Services {
    /// Runs a job once under its lease, and gives that back. None when another node runs it now.
    ///
    /// # Errors
    /// [`StoreError`] when not even the lease could be asked for, or the work be listed.
    pub async fn run_job(&self, job: Job, holder: &str) -> Result<Option<JobReport>, StoreError> {
        let now = self.clock.now();
        let leases = self.store.leases();
        let Some(mut lease) = leases.acquire(job.name(), holder, now, LEASE).await? else {
            return Ok(None);
        };
        let done = self.do_job(job, &mut lease).await;
        if let Err(error) = leases.release(&lease).await {
            // It ends by itself.
            tracing::warn!(job = job.name(), %error, "a lease could not be given back");
        }
        self.job_counts
            .count(job, done.as_ref().ok(), self.clock.now());
        done.map(Some)
    }

    async fn do_job(&self, job: Job, lease: &mut Lease) -> Result<JobReport, StoreError> {
        match job {
            Job::Heartbeat => self.beat(Some(lease)).await,
            Job::Relay => self.relay_events(Some(lease)).await,
            Job::Deadlines => self.apply_deadlines(lease).await,
            Job::Polling => self.poll_addresses(lease).await,
            Job::Payouts => self.move_payouts(lease).await,
            Job::Reconciliation => Ok(self.run_reconciliation().await),
            Job::Mail => self.send_mail(lease).await,
            Job::CleanUp => self.clean_up(lease).await,
        }
    }

    /// Whether a lease is still ours; asked before each piece of work, and renewed in time. Without
    /// one nobody can lose it.
    pub(super) async fn keeps(&self, lease: Option<&mut Lease>) -> Result<bool, StoreError> {
        let Some(lease) = lease else { return Ok(true) };
        let (leases, now) = (self.store.leases(), self.clock.now());
        if lease.expires_at.since(now) >= RENEWED_BELOW {
            return leases.is_held(lease, now).await;
        }
        let renewed = leases.renew(lease, now, LEASE).await?;
        let is_ours = renewed.is_some();
        if let Some(renewed) = renewed {
            *lease = renewed;
        }
        Ok(is_ours)
    }
}
