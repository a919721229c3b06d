//! A deal's receipt: one file that anybody can check, with nobody's help.
//!
//! It holds the terms, every event and every payout as [`Entry`]s, each linked by its hash to the one
//! before, and Amn's signature under the last of them. Every field stands there either open or as a
//! salted commitment that its reader cannot look behind: a receipt opens only what is its holder's to
//! hand on, and is the same chain for both parties. `docs/receipts.md` describes the file for whoever
//! writes a verifier of their own.

mod check;
mod field;
mod hex_bytes;
mod issue;
mod key;
mod sight;

use serde::{Deserialize, Serialize};

pub use check::{Fault, Part};
pub use field::{Content, Entry, Field, Salt};
pub use issue::Issuer;
pub use key::{InvalidPublicKey, PublicKey, Signature, SigningKey};

use crate::deal::{Party, State};
use crate::id::DealId;
use crate::time::Timestamp;

/// What a receipt's file calls itself.
const FORMAT: &str = "amn-receipt";
/// The version of the format that is written and read.
const VERSION: u32 = 1;

/// The largest receipt that is read, in bytes. A deal is at most a fourth of it.
pub const RECEIPT_BYTES_MAX: usize = 4 * crate::deal::MAX_BYTES;

/// One deal as it stood at one moment, for one of its parties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    format: String,
    version: u32,
    /// Where the deal was made.
    pub site: String,
    /// Which deal.
    #[serde(deserialize_with = "exact_id")]
    pub deal: DealId,
    /// Whose receipt it is.
    pub holder: Party,
    /// Where the deal stood.
    pub state: State,
    /// When it had last changed.
    pub as_of: Timestamp,
    /// How many events there are: some that were left out at the end are missed.
    pub length: u64,
    /// What both agreed to, with its digest.
    pub terms: Entry,
    /// What happened, from the first event on.
    pub events: Vec<Entry>,
    /// What each payout is about, and how far it had come.
    pub payouts: Vec<Payout>,
    /// Who signed: see [`Receipt::check`].
    pub key: PublicKey,
    /// Under the last link and all that stands outside the chain.
    pub signature: Signature,
}

/// One payout in a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payout {
    /// The leg's name.
    pub leg: String,
    /// What is known of it.
    pub entry: Entry,
}

/// Why some bytes are no receipt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoReceipt {
    /// Longer than any receipt.
    #[error("a receipt has at most {RECEIPT_BYTES_MAX} bytes")]
    TooLarge,
    /// Of a format that came later.
    #[error("this receipt has version {0} of the format, which is not known here")]
    Version(u32),
    /// Something else, or cut off, or changed beyond reading.
    #[error("this is no receipt: {0}")]
    Unreadable(String),
}

/// What a file says of itself, whatever else is in it.
#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

/// An id in the one way in which it is written: capitals or no dashes would be another text.
fn exact_id<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<DealId, D::Error> {
    let text = String::deserialize(deserializer)?;
    let id: Option<DealId> = text.parse().ok();
    let exact = id.filter(|id| id.to_string() == text);
    exact.ok_or_else(|| serde::de::Error::custom("must be an id in small letters with dashes"))
}

impl Receipt {
    /// Reads a receipt's file. Nothing of what it says is known to be true before
    /// [`check`](Self::check).
    ///
    /// # Errors
    /// [`NoReceipt`]. Whatever the bytes are, reading them ends, and takes memory in proportion.
    pub fn read(bytes: &[u8]) -> Result<Self, NoReceipt> {
        if bytes.len() > RECEIPT_BYTES_MAX {
            return Err(NoReceipt::TooLarge);
        }
        let unreadable = |error: serde_json::Error| NoReceipt::Unreadable(error.to_string());
        let head: Head = serde_json::from_slice(bytes).map_err(unreadable)?;
        if head.format != FORMAT {
            return Err(NoReceipt::Unreadable("it has another format".to_owned()));
        }
        if head.version != VERSION {
            return Err(NoReceipt::Version(head.version));
        }
        serde_json::from_slice(bytes).map_err(unreadable)
    }

    /// The file, a line of JSON with a line break at its end.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string(self).expect("a receipt has a JSON form");
        text.push('\n');
        text
    }

    /// The value of an open field of the terms.
    pub fn term(&self, name: &str) -> Option<&str> {
        self.terms.value(name)
    }

    /// The digest of each file of evidence that the log knows.
    pub fn evidence(&self) -> impl Iterator<Item = &str> {
        let events = self.events.iter();
        events.filter_map(|event| event.value("what.evidence.sha256"))
    }
}
