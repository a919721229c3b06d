//! Transfers that a deal has seen at its addresses.

use core::fmt;

use serde::{Deserialize, Serialize};

use super::leg::LegId;
use crate::id::IntentId;
use crate::money::Units;
use crate::time::Timestamp;

/// What makes a transfer one and the same: from the gateway `(crypto, txid, address)`, from a
/// scanner `(chain, tx, log)`. It is claimed in the store before it is credited here.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DepositKey(String);

impl DepositKey {
    /// The key of a transfer that the gateway reports.
    pub fn from_gateway(crypto: &str, txid: &str, address: &str) -> Self {
        Self(format!("{crypto}/{txid}/{address}"))
    }

    /// The key of a transfer that our own scanner found.
    pub fn from_chain(chain: &str, tx: &str, log: u32) -> Self {
        Self(format!("{chain}/{tx}#{log}"))
    }

    /// The transaction in which the transfer was made.
    pub fn tx(&self) -> &str {
        let after_chain = self.0.split_once('/').map_or("", |(_, rest)| rest);
        let end = after_chain.find(['/', '#']).unwrap_or(after_chain.len());
        after_chain.get(..end).unwrap_or_default()
    }

    /// The key as it stands in the store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DepositKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for DepositKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DepositKey({})", self.0)
    }
}

/// How far a transfer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepositState {
    /// Seen, not confirmed: gives nobody a right.
    Seen,
    /// Dropped or replaced before it was confirmed.
    Dropped,
    /// Confirmed and in the ledger.
    Credited,
    /// Taken back by the chain.
    Reversed,
    /// Came back after its loss had been settled: for the rescue desk.
    Rescue,
}

/// One transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deposit {
    /// What makes it one and the same.
    pub key: DepositKey,
    /// The intent whose address it came to.
    pub intent: IntentId,
    /// How much, in base units.
    pub units: Units,
    /// How far it counts.
    pub state: DepositState,
    /// How much of it became surplus when it was credited.
    pub surplus: Units,
    /// How much of it was booked as late.
    pub late: Units,
    /// The leg that sends its late part back, once there is one.
    pub late_leg: Option<LegId>,
    /// How much of it is missing still: the chain took it after it had been promised.
    pub lost: Units,
    /// Whether its loss was settled: should it come back, it is a case for the rescue desk.
    pub written_off: bool,
    /// When it last changed.
    pub at: Timestamp,
}

impl Deposit {
    /// Seen, and neither confirmed nor dropped.
    pub fn is_under_way(&self) -> bool {
        self.state == DepositState::Seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_its_transaction() {
        assert_eq!(
            DepositKey::from_gateway("BNB-USDT", "0xab", "0xcd").tx(),
            "0xab"
        );
        assert_eq!(DepositKey::from_chain("bsc", "0xab", 7).tx(), "0xab");
    }
}
