//! Having given-up work tried again.

use domain::digest::Digest;
use domain::id::{AuditId, DeadLetterId, UserId};
use domain::policy::Action;
use domain::text::Line;
use storage::{DeadLetter, DeadLetterSource, NewAuditEntry, StoreError};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::jobs::Job;
use crate::record::Record;

/// Why a dead letter was not settled.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RetryDeadLetterError {
    /// There is none, or somebody settled it already.
    #[error("this work no longer waits for anybody")]
    NotOpen,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<StoreError> for RetryDeadLetterError {
    fn from(error: StoreError) -> Self {
        Self::Failed(Failure::Store(error))
    }
}

impl Services {
    /// Closes a dead letter, with a reason for the log. What a job gave up is tried again at its
    /// next run; a message that fits nothing of ours has nothing to try, and is only put aside.
    ///
    /// # Errors
    /// [`RetryDeadLetterError`].
    pub async fn retry_dead_letter(
        &self,
        actor: &Actor,
        id: DeadLetterId,
        reason: Line<200>,
    ) -> Result<(), RetryDeadLetterError> {
        let admin = actor.person_who_may(Action::ManageJobs);
        let admin = admin.map_err(Failure::from)?.id;
        let letter = self.store.dead_letters().find(id).await?;
        let letter = letter.filter(|letter| letter.settled_at.is_none());
        let letter = letter.ok_or(RetryDeadLetterError::NotOpen)?;
        self.write_down([self.retried(admin, &letter, &reason)])
            .await?;
        // First the work: a crash in between leaves a letter that can be settled again.
        if let Some(job) = job_of(letter.source) {
            let retries = self.store.retries();
            retries.clear(job.name(), &letter.subject).await?;
        }
        if !self.store.dead_letters().settle(id, self.now()).await? {
            return Err(RetryDeadLetterError::NotOpen);
        }
        Ok(())
    }

    fn retried(&self, admin: UserId, letter: &DeadLetter, reason: &Line<200>) -> Record {
        let id = letter.id.as_uuid();
        let times = letter.times.to_be_bytes();
        let by = admin.as_uuid();
        Record::Entry(NewAuditEntry {
            id: AuditId::derived(&[b"dead letter", id.as_bytes(), &times, by.as_bytes()]),
            at: self.now(),
            actor: Some(admin),
            action: Action::ManageJobs.code().to_owned(),
            subject: format!("dead_letter:{}", letter.id),
            before: Some(Digest::of_value(letter)),
            after: None,
            reason: Some(reason.as_str().to_owned()),
            ip: None,
        })
    }
}

/// The job that tries again; none for a message from outside.
const fn job_of(source: DeadLetterSource) -> Option<Job> {
    match source {
        DeadLetterSource::Webhook => None,
        DeadLetterSource::Relay => Some(Job::Relay),
        DeadLetterSource::Deadlines => Some(Job::Deadlines),
        DeadLetterSource::Polling => Some(Job::Polling),
        DeadLetterSource::Payouts => Some(Job::Payouts),
        DeadLetterSource::Mail => Some(Job::Mail),
    }
}
