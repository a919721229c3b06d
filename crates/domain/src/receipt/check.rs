//! Checking a receipt: what was changed in it, if anything.

use super::field::{BEGINNING, Entry, Hash};
use super::key::PublicKey;
use super::{Receipt, VERSION};
use crate::deal::Party;

/// A part of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The terms.
    Terms,
    /// The event of this number.
    Event(u64),
    /// The payout of this name.
    Payout(String),
}

/// Why a receipt does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// This part is not what it was; those before it are.
    #[error("{} was altered", .0.title())]
    Altered(Part),
    /// Where the event of this number should be stands another.
    #[error("event {0} is missing")]
    Missing(u64),
    /// Every link fits the one before, but that is not what was signed: a part was left out at the
    /// end, the head was changed, or everything was made anew by somebody without the key.
    #[error("the signature does not belong to what stands here")]
    Unsigned,
    /// All of it fits, and somebody signed it who is not known.
    #[error("it was signed by another key, {0}")]
    OtherKey(PublicKey),
}

impl Part {
    /// What the part is called in the chain.
    pub(super) fn title(&self) -> String {
        match self {
            Self::Terms => "terms".to_owned(),
            Self::Event(seq) => format!("event {seq}"),
            Self::Payout(leg) => format!("payout {leg}"),
        }
    }
}

impl Receipt {
    /// Finds the first part that is not as it was signed. Where `known` names keys, one of them must
    /// have signed; where it names none, the receipt is compared with the key that it carries, and
    /// whose that is remains to be seen.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn check(&self, known: &[PublicKey]) -> Result<(), Fault> {
        let last = self.check_links()?;
        let is_whole = self.length == count(self.events.len());
        if !is_whole || !self.key.has_signed(&self.statement(last), self.signature) {
            return Err(Fault::Unsigned);
        }
        if known.is_empty() || known.contains(&self.key) {
            Ok(())
        } else {
            Err(Fault::OtherKey(self.key))
        }
    }

    fn check_links(&self) -> Result<Hash, Fault> {
        let mut last = follow(BEGINNING, &self.terms, 1, Part::Terms)?;
        for (event, seq) in self.events.iter().zip(1_u64..) {
            if event.seq > seq {
                return Err(Fault::Missing(seq));
            }
            last = follow(last, event, seq, Part::Event(seq))?;
        }
        let after_last = count(self.events.len()).saturating_add(1);
        if after_last <= self.length {
            return Err(Fault::Missing(after_last));
        }
        for (payout, seq) in self.payouts.iter().zip(1_u64..) {
            let part = Part::Payout(payout.leg.clone());
            last = follow(last, &payout.entry, seq, part)?;
        }
        Ok(last)
    }

    /// What is signed: all that stands outside the chain, and its last link.
    pub(super) fn statement(&self, last: Hash) -> String {
        let holder = match self.holder {
            Party::Buyer => "buyer",
            Party::Seller => "seller",
        };
        [
            format!("amn-receipt-{VERSION} statement"),
            self.site.clone(),
            self.deal.to_string(),
            holder.to_owned(),
            self.state.code().to_owned(),
            self.as_of.unix_ms().to_string(),
            self.length.to_string(),
            self.payouts.len().to_string(),
            last.to_string(),
        ]
        .join("\n")
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn follow(before: Hash, entry: &Entry, seq: u64, part: Part) -> Result<Hash, Fault> {
    if entry.seq == seq && entry.follows(before, &part.title()) {
        Ok(entry.hash())
    } else {
        Err(Fault::Altered(part))
    }
}
