//! What a job has failed at: how often, and when it is tried again.

use async_trait::async_trait;
use domain::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Limit, StoreError};

/// Something that a job failed at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// Which job.
    pub job: String,
    /// At what: the id of a deal.
    pub subject: String,
    /// How often in a row.
    pub attempts: u32,
    /// When it is tried again; none once it was given up and waits for a person.
    pub next_at: Option<Timestamp>,
    /// Why it failed last.
    pub error: String,
    /// When it failed first.
    pub first_at: Timestamp,
    /// When it failed last.
    pub last_at: Timestamp,
}

impl Retry {
    /// Whether it may not be tried now.
    pub fn waits(&self, now: Timestamp) -> bool {
        self.next_at.is_none_or(|at| at > now)
    }
}

/// Failures of jobs. What is not here has not failed since it last went well.
#[async_trait]
pub trait Retries: Send + Sync {
    /// Notes a failure, in the place of the one before.
    async fn put(&self, retry: &Retry) -> Result<(), StoreError>;

    /// One failure.
    async fn find(&self, job: &str, subject: &str) -> Result<Option<Retry>, StoreError>;

    /// What a job failed at, ordered by subject, after `after`.
    async fn list(
        &self,
        job: &str,
        after: Option<&str>,
        limit: Limit,
    ) -> Result<Vec<Retry>, StoreError>;

    /// Forgets a failure, and says whether there was one.
    async fn clear(&self, job: &str, subject: &str) -> Result<bool, StoreError>;
}
