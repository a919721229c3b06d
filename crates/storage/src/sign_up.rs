//! Attempts to sign up: a record for each, so nobody can register over another's.

use async_trait::async_trait;
use domain::Timestamp;
use domain::id::SignUpId;
use serde::{Deserialize, Serialize};

use crate::{Aggregate, Aggregates, SecretHash, StoreError};

/// Somebody who asked for an account and has yet to enter the mailed code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignUp {
    /// Which attempt.
    pub id: SignUpId,
    /// Grows with each commit; wrong codes are counted by compare-and-swap.
    pub version: u64,
    /// The hash of the value that only the browser which began the attempt holds.
    pub browser_hash: SecretHash,
    /// The address, lower-cased.
    pub email: String,
    /// The password, as argon2id keeps it.
    pub password_hash: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Whether the person asked to sell.
    pub wants_to_sell: bool,
    /// The language of the page, for the mail and the first preferences: `en`, `fa`.
    pub language: String,
    /// The keyed hash of the code that was mailed.
    pub code_hash: SecretHash,
    /// How many wrong codes were entered for this code.
    pub attempts: u32,
    /// How many codes were mailed in this attempt.
    pub codes_sent: u32,
    /// When it began.
    pub created_at: Timestamp,
    /// When it is forgotten.
    pub expires_at: Timestamp,
}

impl Aggregate for SignUp {
    type Id = SignUpId;
    const KIND: &'static str = "sign-up";

    fn id(&self) -> SignUpId {
        self.id
    }

    fn version(&self) -> u64 {
        self.version
    }
}

/// Attempts to sign up.
#[async_trait]
pub trait SignUps: Aggregates<SignUp> {
    /// The attempt, unless it has expired at `now`.
    async fn find_live(&self, id: SignUpId, now: Timestamp) -> Result<Option<SignUp>, StoreError>;

    /// Forgets an attempt. It may be gone already.
    async fn remove(&self, id: SignUpId) -> Result<(), StoreError>;
}
