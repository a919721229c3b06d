//! One thing of a job's work: tried apart from the rest, later again when it fails, and given up to
//! a person when it fails again and again.
//!
//! A store or a gateway that does not answer is no failure of the thing: nothing is counted then.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;
use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::id::{DeadLetterId, DealId, JointPayoutId};
use domain::{Span, Timestamp};
use storage::{DeadLetter, DeadLetterSource, Limit, Retry, StoreError};

use super::{Job, JobReport};
use crate::Services;
use crate::deals::DealError;
use crate::failure::Failure;
use crate::notifications::Message;
use crate::requests::ChangeRequestError;

/// After so many failures in a row, most of an hour, it waits for a person.
const ATTEMPTS_MAX: u32 = 10;
const FIRST_PAUSE: Span = Span::seconds(5);
const LONGEST_PAUSE: Span = Span::hours(1);

/// What the work on a deal is called among failures and dead letters.
pub(super) fn subject_of(deal: DealId) -> String {
    format!("deal:{deal}")
}

/// What the work on a joint payout is called.
pub(super) fn subject_of_joint(joint: JointPayoutId) -> String {
    format!("joint_payout:{joint}")
}

/// What a job has failed at and not done since.
#[derive(Debug, Default)]
pub(super) struct Failed(BTreeMap<String, Retry>);

impl Failed {
    /// Whether this may be tried now.
    pub(super) fn may_be_tried(&self, subject: &str, now: Timestamp) -> bool {
        self.0.get(subject).is_none_or(|retry| !retry.waits(now))
    }
}

/// Why a thing was not done.
#[derive(Debug)]
pub(super) enum Hitch {
    /// It is the thing's own: counted, and given up in the end.
    Own(String),
    /// It is the thing's own, and it was tried often enough: given up.
    Final(String),
    /// It is not the thing's: others fail alike now, or it knows itself when to be tried again.
    Elsewhere(String),
}

impl From<DealError> for Hitch {
    fn from(error: DealError) -> Self {
        match error {
            DealError::Failed(Failure::Store(error)) => error.into(),
            error => Self::Own(error.to_string()),
        }
    }
}

impl From<ChangeRequestError> for Hitch {
    fn from(error: ChangeRequestError) -> Self {
        match error {
            ChangeRequestError::Failed(Failure::Store(error)) => error.into(),
            error => Self::Own(error.to_string()),
        }
    }
}

impl From<StoreError> for Hitch {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unsound { .. } => Self::Own(error.to_string()),
            StoreError::Unavailable(_) | StoreError::Corrupt { .. } => {
                Self::Elsewhere(error.to_string())
            }
        }
    }
}

impl Services {
    /// What a job has failed at.
    pub(super) async fn failed_at(&self, job: Job) -> Result<Failed, StoreError> {
        let mut failed = BTreeMap::new();
        loop {
            let after = failed
                .last_key_value()
                .map(|(subject, _): (&String, _)| subject.clone());
            let retries = self.store.retries();
            let read = retries
                .list(job.name(), after.as_deref(), Limit::MAX)
                .await?;
            let is_all = read.len() < Limit::MAX.get();
            failed.extend(read.into_iter().map(|retry| (retry.subject.clone(), retry)));
            if is_all {
                return Ok(Failed(failed));
            }
        }
    }

    /// Does one thing of a job's work, unless it failed lately or was given up, and says whether it
    /// is done. A panic in it is a failure of that thing alone.
    ///
    /// # Errors
    /// [`StoreError`] when not even the failure could be noted.
    pub(super) async fn try_one<E: Into<Hitch>>(
        &self,
        job: Job,
        subject: &str,
        failed: &Failed,
        report: &mut JobReport,
        work: impl Future<Output = Result<(), E>>,
    ) -> Result<bool, StoreError> {
        if !failed.may_be_tried(subject, self.now()) {
            return Ok(false);
        }
        let before = failed.0.get(subject);
        let done = caught(work).await.map(|done| done.map_err(Into::into));
        let attempts = before.map_or(1, |retry| retry.attempts.saturating_add(1));
        let (attempts, why) = match done {
            Ok(Ok(())) => {
                report.done = report.done.saturating_add(1);
                if before.is_some() {
                    self.store.retries().clear(job.name(), subject).await?;
                }
                return Ok(true);
            }
            Ok(Err(Hitch::Elsewhere(error))) => {
                report.failed = report.failed.saturating_add(1);
                tracing::warn!(job = job.name(), %subject, %error, "a job got no answer");
                return Ok(false);
            }
            Ok(Err(Hitch::Own(error))) => (attempts, error),
            Ok(Err(Hitch::Final(error))) => (ATTEMPTS_MAX, error),
            Err(panic) => (attempts, format!("stopped in the middle: {panic}")),
        };
        report.failed = report.failed.saturating_add(1);
        let first_at = before.map_or(self.now(), |retry| retry.first_at);
        self.note_failure(job, subject, attempts, first_at, why)
            .await?;
        Ok(false)
    }

    async fn note_failure(
        &self,
        job: Job,
        subject: &str,
        attempts: u32,
        first_at: Timestamp,
        error: String,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let retry = Retry {
            job: job.name().to_owned(),
            subject: subject.to_owned(),
            attempts,
            next_at: (attempts < ATTEMPTS_MAX).then(|| now.plus(self.pause_after(attempts))),
            error,
            first_at,
            last_at: now,
        };
        tracing::warn!(
            job = job.name(), %subject, attempts, error = %retry.error, "a job failed at one thing"
        );
        if retry.next_at.is_none() {
            self.give_up(job, &retry).await?;
        }
        self.store.retries().put(&retry).await
    }

    /// Twice as long after each failure, and up to a quarter more by lot, so that what failed
    /// together does not come back together.
    fn pause_after(&self, attempts: u32) -> Span {
        let doublings = attempts.saturating_sub(1).min(16);
        let pause = FIRST_PAUSE.ms().saturating_mul(1 << doublings);
        let pause = pause.min(LONGEST_PAUSE.ms());
        let spread = u32::try_from(pause / 4).unwrap_or(u32::MAX).max(1);
        Span::from_ms(pause.saturating_add(i64::from(self.random.below(spread))))
    }

    /// Leaves it to a person. Written before the retry that says so: a crash in between tries once
    /// more.
    async fn give_up(&self, job: Job, retry: &Retry) -> Result<(), StoreError> {
        let Some(source) = source_of(job) else {
            return Ok(());
        };
        let id = DeadLetterId::derived(&[job.name().as_bytes(), retry.subject.as_bytes()]);
        let letter = DeadLetter {
            id,
            source,
            subject: retry.subject.clone(),
            payload: String::new(),
            error: retry.error.clone(),
            times: 1,
            first_at: retry.last_at,
            last_at: retry.last_at,
            settled_at: None,
        };
        self.store.dead_letters().record(&letter).await?;
        tracing::error!(job = job.name(), subject = %retry.subject, error = %retry.error, "a job gave something up");
        let event = format!("dead_letter:{id}:{}", retry.last_at.unix_ms());
        let subject = format!("{} ({})", retry.subject, job.name());
        let told = self
            .tell_admins(&event, Message::WorkGivenUp { subject })
            .await;
        if let Err(error) = told {
            tracing::warn!(%error, "admins were not told of given-up work");
        }
        Ok(())
    }
}

const fn source_of(job: Job) -> Option<DeadLetterSource> {
    match job {
        Job::Relay => Some(DeadLetterSource::Relay),
        Job::Deadlines => Some(DeadLetterSource::Deadlines),
        Job::Polling => Some(DeadLetterSource::Polling),
        Job::Payouts => Some(DeadLetterSource::Payouts),
        Job::Mail => Some(DeadLetterSource::Mail),
        Job::Heartbeat => Some(DeadLetterSource::Heartbeat),
        Job::Reconciliation | Job::CleanUp => None,
    }
}

/// Polls `work` to its end, or to its panic, of which it gives the words.
async fn caught<T>(work: impl Future<Output = T>) -> Result<T, String> {
    let mut work = pin!(work);
    poll_fn(move |context| {
        // What a panic leaves half-done is dropped with the work; the store has whole documents.
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(done)) => Poll::Ready(Ok(done)),
            Err(panic) => Poll::Ready(Err(words_of(&*panic))),
        }
    })
    .await
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without words").to_owned()
}
