//! Deposit claims: each transfer is claimed by a unique key before it is credited, so that none
//! counts twice.

use async_trait::async_trait;
use domain::id::{DealId, DepositClaimId, IntentId};
use domain::{Timestamp, Units};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Limit, StoreError};

/// One transfer, claimed for one intent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositClaim {
    /// Names the transfer for ever: `(crypto, txid, address)` from the gateway, `(chain, tx, log)`
    /// from the scanner.
    pub key: String,
    /// The intent whose address it reached.
    pub intent: IntentId,
    /// The deal of that intent.
    pub deal: DealId,
    /// How much arrived, in base units of the intent's asset.
    pub units: Units,
    /// Where the claim stands.
    pub state: DepositClaimState,
    /// When it was first claimed.
    pub claimed_at: Timestamp,
    /// When its state last changed.
    pub updated_at: Timestamp,
}

impl DepositClaim {
    /// An id that follows from the key, for stores that page by id.
    pub fn id(&self) -> Uuid {
        DepositClaimId::derived(&[self.key.as_bytes()]).into()
    }
}

/// Where a claim stands: claimed → credited → reversed → credited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepositClaimState {
    /// Somebody is about to credit it; driven again after a crash.
    Claimed,
    /// The deal counts it.
    Credited,
    /// The chain took the transfer back, and the deal no longer counts it.
    Reversed,
}

impl DepositClaimState {
    /// The word it is indexed by.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Claimed => "claimed",
            Self::Credited => "credited",
            Self::Reversed => "reversed",
        }
    }

    /// Whether a claim may move from here to `next`.
    pub const fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Claimed | Self::Reversed, Self::Credited) | (Self::Credited, Self::Reversed)
        )
    }
}

/// Who has a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed<Claim = DepositClaim> {
    /// This call made it.
    Now,
    /// It had been made before, as stored.
    Before(Claim),
}

/// What a move of a claim's state has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// It moved now.
    Now,
    /// It was there already.
    Before,
    /// There is no way from where it stands.
    Refused(DepositClaimState),
    /// There is no such claim.
    Missing,
}

/// Deposit claims.
#[async_trait]
pub trait DepositClaims: Send + Sync {
    /// Claims a transfer. Of any number of callers with the same key, one gets [`Claimed::Now`].
    async fn claim(&self, claim: &DepositClaim) -> Result<Claimed, StoreError>;

    /// One claim.
    async fn find(&self, key: &str) -> Result<Option<DepositClaim>, StoreError>;

    /// Moves a claim to `next` if its state has a way there.
    async fn advance(
        &self,
        key: &str,
        next: DepositClaimState,
        at: Timestamp,
    ) -> Result<Moved, StoreError>;

    /// Claims made before `older_than` that nobody has credited, oldest first.
    async fn list_uncredited(
        &self,
        older_than: Timestamp,
        limit: Limit,
    ) -> Result<Vec<DepositClaim>, StoreError>;

    /// What was claimed for one intent, oldest first; its next item comes after `after`.
    async fn list_of_intent(
        &self,
        intent: IntentId,
        page: crate::PageRequest,
    ) -> Result<crate::Page<DepositClaim>, StoreError>;
}
