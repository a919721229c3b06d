//! What staff and the system did, in a chain that shows any later change.

use async_trait::async_trait;
use domain::Timestamp;
use domain::digest::Digest;
use domain::id::{AuditId, UserId};
use serde::{Deserialize, Serialize};

use crate::{Page, PageRequest, StoreError};

/// Something that was done, before it has its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAuditEntry {
    /// Which one; appending it again adds nothing.
    pub id: AuditId,
    /// When it was done.
    pub at: Timestamp,
    /// Who did it; none for the system.
    pub actor: Option<UserId>,
    /// What was done: `user.suspend`.
    pub action: String,
    /// What it was done to: `user:<id>`.
    pub subject: String,
    /// Digest of the subject before.
    pub before: Option<Digest>,
    /// Digest of the subject after.
    pub after: Option<Digest>,
    /// Why, in the actor's words.
    pub reason: Option<String>,
    /// The address that the request came from.
    pub ip: Option<String>,
}

/// An entry in its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Its place: 1, 2, 3…, without a gap.
    pub seq: u64,
    /// What was done.
    #[serde(flatten)]
    pub entry: NewAuditEntry,
    /// The digest of the entry before; zero at the beginning.
    pub previous: Digest,
    /// The digest of this entry: the entry before, its place and its content.
    pub digest: Digest,
}

impl AuditEntry {
    /// Gives `entry` the place after `last`. Every store chains by this function.
    pub fn after(last: Option<&Self>, entry: NewAuditEntry) -> Self {
        let seq = last.map_or(1, |last| last.seq.saturating_add(1));
        let previous = last.map_or(Digest::ZERO, |last| last.digest);
        let digest = previous.chain(&(seq, &entry));
        Self {
            seq,
            entry,
            previous,
            digest,
        }
    }

    /// Whether the entry is what it was when it was appended, and follows `last`.
    pub fn follows(&self, last: Option<&Self>) -> bool {
        *self == Self::after(last, self.entry.clone())
    }
}

/// The place of the first entry that does not follow the one before it. `entries` are in order of
/// their place; `last` is the entry before them, none for the beginning.
pub fn first_break(last: Option<&AuditEntry>, entries: &[AuditEntry]) -> Option<u64> {
    let mut last = last;
    for entry in entries {
        if !entry.follows(last) {
            return Some(entry.seq);
        }
        last = Some(entry);
    }
    None
}

/// Which entries are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum AuditFilter {
    /// All.
    #[default]
    All,
    /// What one person did.
    By(UserId),
    /// What was done to one subject.
    To(String),
}

/// The audit log. Entries are appended and read, nothing else.
#[async_trait]
pub trait AuditLog: Send + Sync {
    /// Appends an entry to the chain, or finds it there.
    async fn append(&self, entry: NewAuditEntry) -> Result<AuditEntry, StoreError>;

    /// Entries, newest first.
    async fn list(
        &self,
        filter: &AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditEntry>, StoreError>;

    /// Entries with a place above `seq`, in order, for checking the chain.
    async fn list_after(
        &self,
        seq: u64,
        limit: crate::Limit,
    ) -> Result<Vec<AuditEntry>, StoreError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain() -> Vec<AuditEntry> {
        let mut chain: Vec<AuditEntry> = Vec::new();
        for n in 0..4 {
            let entry = NewAuditEntry {
                id: AuditId::derived(&[&[n]]),
                at: Timestamp::from_unix_ms(i64::from(n)),
                actor: None,
                action: "user.suspend".into(),
                subject: format!("user:{n}"),
                before: None,
                after: Some(Digest::of(b"after")),
                reason: None,
                ip: None,
            };
            chain.push(AuditEntry::after(chain.last(), entry));
        }
        chain
    }

    #[test]
    fn an_untouched_chain_has_no_break() {
        let chain = chain();
        assert_eq!(first_break(None, &chain), None);
        assert_eq!(first_break(chain.get(1), &chain[2..]), None);
    }

    #[test]
    fn a_changed_removed_or_swapped_entry_is_found() {
        let mut changed = chain();
        changed[2].entry.subject = "user:9".into();
        assert_eq!(first_break(None, &changed), Some(3));

        let mut removed = chain();
        removed.remove(1);
        assert_eq!(first_break(None, &removed), Some(3));

        let mut swapped = chain();
        swapped.swap(1, 2);
        assert_eq!(first_break(None, &swapped), Some(3));
    }
}
