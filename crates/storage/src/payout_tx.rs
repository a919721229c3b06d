//! Transactions of payouts: each is claimed for one sending before a leg counts it, so that no two
//! legs are taken for paid by the same transfer.

use async_trait::async_trait;

use crate::{Claimed, StoreError};

/// Which sending a transaction paid.
#[async_trait]
pub trait PayoutTxs: Send + Sync {
    /// Claims a transaction, named with its network and token, for the sending `external_id`. Of
    /// any number of callers one gets [`Claimed::Now`]; all others, that sending itself as well,
    /// are told whose it is. A claim stands for ever.
    async fn claim(&self, tx: &str, external_id: &str) -> Result<Claimed<String>, StoreError>;

    /// The sending that a transaction is claimed for.
    async fn find_owner(&self, tx: &str) -> Result<Option<String>, StoreError>;
}
