//! Messages on their way out: queued in the same breath as the event, sent by a job.

use core::fmt;

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::MailId;
use serde::{Deserialize, Serialize};

use crate::{Added, Page, PageRequest, StoreError};

/// A finished message to one mailbox.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutgoingMail {
    /// Which one; the same for each attempt to send it. Derive it from the event and the person,
    /// so that a repeated event queues it once.
    pub id: MailId,
    /// The mailbox.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The message in plain text; empty once it was forgotten.
    pub text: String,
    /// The same as HTML; empty once it was forgotten.
    pub html: String,
    /// Where it stands.
    pub state: MailState,
    /// How often sending was tried.
    pub attempts: u32,
    /// Not before this moment.
    pub send_after: Timestamp,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it is forgotten altogether.
    pub expires_at: Timestamp,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
}

/// A message holds codes and what people do; a log shows neither.
impl fmt::Debug for OutgoingMail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OutgoingMail")
            .field("id", &self.id)
            .field("state", &self.state)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// Where a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MailState {
    /// Waits for its turn.
    Queued,
    /// Was handed over.
    Sent {
        /// When.
        at: Timestamp,
    },
    /// Was refused for good, or failed too often.
    Failed {
        /// When that was clear.
        at: Timestamp,
    },
}

impl MailState {
    /// The word it is indexed by.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent { .. } => "sent",
            Self::Failed { .. } => "failed",
        }
    }
}

/// Whether the text of a sent message stays readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepBody {
    /// For the demo's mailbox.
    Yes,
    /// Everywhere else: codes and private matters go with the message.
    No,
}

/// Messages on their way out.
#[async_trait]
pub trait Mails: Send + Sync {
    /// Queues a message, once.
    async fn queue(&self, mail: &OutgoingMail) -> Result<Added, StoreError>;

    /// One message.
    async fn find(&self, id: MailId) -> Result<Option<OutgoingMail>, StoreError>;

    /// Queued messages whose turn has come and that have not expired, longest waiting first.
    async fn list_due(
        &self,
        now: Timestamp,
        limit: crate::Limit,
    ) -> Result<Vec<OutgoingMail>, StoreError>;

    /// Notes that a message was handed over, whatever its state was.
    async fn mark_sent(&self, id: MailId, at: Timestamp, keep: KeepBody) -> Result<(), StoreError>;

    /// Notes a failed attempt; another follows at `again`, or none does. A message that was sent
    /// meanwhile stays sent.
    async fn mark_failed(
        &self,
        id: MailId,
        at: Timestamp,
        again: Option<Timestamp>,
        error: &str,
    ) -> Result<(), StoreError>;

    /// Lets a message that failed for good be tried again, from `at` on, as often as a new one. Any
    /// other stays as it is.
    async fn queue_again(&self, id: MailId, at: Timestamp) -> Result<(), StoreError>;

    /// All messages, newest first, or those to one mailbox.
    async fn list(
        &self,
        to: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<OutgoingMail>, StoreError>;
}
