//! Work that failed for good: kept whole, for a person to look at and start again.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::DeadLetterId;
use serde::{Deserialize, Serialize};

use crate::{Page, PageRequest, StoreError};

/// Something that could not be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadLetter {
    /// Which one. Derive it from what failed, so that failing again finds it.
    pub id: DeadLetterId,
    /// Who failed at it.
    pub source: DeadLetterSource,
    /// What it is about: `deal:<id>:17`.
    pub subject: String,
    /// Whatever is needed to try again.
    pub payload: String,
    /// Why it failed last.
    pub error: String,
    /// How often it was given up.
    pub times: u32,
    /// When it was first given up; lists go by it.
    pub first_at: Timestamp,
    /// When it was last given up.
    pub last_at: Timestamp,
    /// When somebody had it done after all, or set it aside.
    pub settled_at: Option<Timestamp>,
}

impl DeadLetter {
    /// This letter after it was given up once more, as `next`.
    #[must_use]
    pub fn again(self, next: Self) -> Self {
        Self {
            times: self.times.saturating_add(1),
            first_at: self.first_at,
            ..next
        }
    }
}

/// Who gave something up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadLetterSource {
    /// A signed webhook that matches nothing of ours.
    Webhook,
    /// The relay of events.
    Relay,
    /// The timers of deals and requests.
    Deadlines,
    /// Polling of the gateway.
    Polling,
    /// Payouts.
    Payouts,
    /// Mail.
    Mail,
    /// Giving our own downtime back.
    Heartbeat,
}

/// Dead letters.
#[async_trait]
pub trait DeadLetters: Send + Sync {
    /// Keeps a letter. One with the same id is counted up, takes the new error and payload, and is
    /// open again.
    async fn record(&self, letter: &DeadLetter) -> Result<(), StoreError>;

    /// One letter.
    async fn find(&self, id: DeadLetterId) -> Result<Option<DeadLetter>, StoreError>;

    /// Letters, newest first: the open ones, or the settled ones.
    async fn list(&self, open: bool, page: PageRequest) -> Result<Page<DeadLetter>, StoreError>;

    /// How many are open.
    async fn count_open(&self) -> Result<u64, StoreError>;

    /// Closes a letter, and says whether it was open.
    async fn settle(&self, id: DeadLetterId, at: Timestamp) -> Result<bool, StoreError>;
}
