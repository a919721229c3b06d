//! One transfer to an intent's address, put together from all that was ever said of it.

use serde::{Deserialize, Serialize};

use crate::deal::DepositKey;
use crate::money::Units;
use crate::time::Timestamp;

/// What one reading says of a transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sighted {
    /// Seen outside a block, or not deep enough.
    Unconfirmed,
    /// Deep enough to count.
    Confirmed,
    /// It was deep enough, and now that is in question.
    Uncertain,
    /// Dropped, replaced, or undone by the chain.
    Gone,
}

/// What is to be believed of a transfer after all readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Seen; gives nobody a right.
    Unconfirmed,
    /// Counts.
    Confirmed,
    /// Counted, and may be lost.
    Uncertain,
    /// Does not exist any more.
    Gone,
}

/// A transfer of the intent's own asset.
///
/// For each kind of sighting the latest moment is kept, and nothing else. That makes readings
/// that come twice, or in another order than they were made, add up to the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// What makes it one and the same.
    pub key: DepositKey,
    /// The transaction, for people who look it up.
    pub txid: String,
    /// How much, in base units.
    pub units: Units,
    /// When it was first seen.
    pub first_seen_at: Timestamp,
    pub(super) unconfirmed_at: Option<Timestamp>,
    pub(super) confirmed_at: Option<Timestamp>,
    pub(super) uncertain_at: Option<Timestamp>,
    pub(super) gone_at: Option<Timestamp>,
}

impl Transfer {
    pub(super) fn new(key: DepositKey, txid: String, units: Units, seen_at: Timestamp) -> Self {
        Self {
            key,
            txid,
            units,
            first_seen_at: seen_at,
            unconfirmed_at: None,
            confirmed_at: None,
            uncertain_at: None,
            gone_at: None,
        }
    }

    pub(super) fn sight(&mut self, sighted: Sighted, at: Timestamp) {
        self.first_seen_at = self.first_seen_at.min(at);
        let moment = match sighted {
            Sighted::Unconfirmed => &mut self.unconfirmed_at,
            Sighted::Confirmed => &mut self.confirmed_at,
            Sighted::Uncertain => &mut self.uncertain_at,
            Sighted::Gone => &mut self.gone_at,
        };
        *moment = (*moment).max(Some(at));
    }

    /// What is to be believed of it. The latest firm word holds, the worse one at the same
    /// instant. A gateway that lists a confirmed transfer as unconfirmed once more has taken
    /// nothing back; only after it was gone does an unconfirmed sighting begin anew.
    pub fn standing(&self) -> Standing {
        let firm = self.confirmed_at.max(self.uncertain_at).max(self.gone_at);
        let Some(latest) = firm else {
            return Standing::Unconfirmed;
        };
        if self.gone_at == Some(latest) {
            let seen_since = self.unconfirmed_at.is_some_and(|at| at > latest);
            return if seen_since {
                Standing::Unconfirmed
            } else {
                Standing::Gone
            };
        }
        if self.uncertain_at == Some(latest) {
            Standing::Uncertain
        } else {
            Standing::Confirmed
        }
    }

    /// When it was last seen to count, if ever.
    pub const fn confirmed_at(&self) -> Option<Timestamp> {
        self.confirmed_at
    }
}

/// Something else that came to the address: another token, or one that is not taken at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stray {
    /// What makes it one and the same.
    pub key: DepositKey,
    /// The transaction.
    pub txid: String,
    /// What came, as the rail names it.
    pub crypto: String,
    /// How much, as the rail wrote it.
    pub amount: String,
    /// When it was first seen.
    pub first_seen_at: Timestamp,
}
