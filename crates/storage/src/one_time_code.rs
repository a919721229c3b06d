//! Codes that were mailed to a person to prove something once: a reset, a new address.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::UserId;
use serde::{Deserialize, Serialize};

use crate::{CommitError, SecretHash, StoreError};

/// A code that somebody has to enter. A person has one of each purpose at the most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneTimeCode {
    /// Who got it.
    pub user: UserId,
    /// What it proves.
    pub purpose: CodePurpose,
    /// Grows with each change; wrong codes are counted by compare-and-swap.
    pub version: u64,
    /// What exactly it is for, such as the new address: entering the code proves this and nothing
    /// else.
    pub subject: String,
    /// The keyed hash of the code.
    pub code_hash: SecretHash,
    /// How many wrong codes were entered.
    pub attempts: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// What a one-time code proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodePurpose {
    /// That the mailbox is theirs, to set a new password.
    PasswordReset,
    /// That they want this payout or refund address.
    PayoutAddress,
    /// That the new mailbox is theirs.
    EmailChange,
}

impl CodePurpose {
    /// The word it is stored by.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PasswordReset => "password_reset",
            Self::PayoutAddress => "payout_address",
            Self::EmailChange => "email_change",
        }
    }
}

/// One-time codes.
#[async_trait]
pub trait OneTimeCodes: Send + Sync {
    /// Puts a code in place of the one that the person had for this purpose, which thereby stops
    /// working.
    async fn replace(&self, code: &OneTimeCode) -> Result<(), StoreError>;

    /// The person's code for this purpose, unless it has expired at `now`.
    async fn find_live(
        &self,
        user: UserId,
        purpose: CodePurpose,
        now: Timestamp,
    ) -> Result<Option<OneTimeCode>, StoreError>;

    /// Writes a changed code, if it is still the one that was read: the same version and the same
    /// hash.
    ///
    /// # Errors
    /// [`CommitError::Stale`] when it was replaced, changed, used up or forgotten.
    async fn commit(&self, changed: &OneTimeCode, expected: u64) -> Result<(), CommitError>;

    /// Uses a code up, and says whether this call did: of two, one wins.
    async fn use_up(&self, code: &OneTimeCode) -> Result<bool, StoreError>;
}
