//! Whether anybody has changed the log afterwards.

use domain::Timestamp;
use domain::digest::Digest;
use domain::policy::Action;
use storage::{AuditEntry, Limit, first_break};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// What a walk along the whole chain found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditCheck {
    /// How many entries hold together from the first one on.
    pub sound: u64,
    /// The place of the first entry that does not follow the one before it.
    pub broken_at: Option<u64>,
    /// The digest of the last sound entry: whoever kept it elsewhere can compare.
    pub digest: Digest,
    /// When it was checked.
    pub at: Timestamp,
}

impl Services {
    /// Walks along the whole chain and computes every digest anew. Costs as much as there is, so a
    /// person asks for it.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn check_audit(&self, actor: &Actor) -> Result<AuditCheck, Failure> {
        actor.may(Action::ReadAudit)?;
        let audit = self.store.audit();
        let mut last: Option<AuditEntry> = None;
        let mut broken_at = None;
        loop {
            let after = last.as_ref().map_or(0, |entry| entry.seq);
            let some = audit.list_after(after, Limit::MAX).await?;
            broken_at = broken_at.or_else(|| first_break(last.as_ref(), &some));
            let is_sound = |entry: &AuditEntry| broken_at.is_none_or(|broken| entry.seq < broken);
            let is_end = some.len() < Limit::MAX.get();
            last = some.into_iter().rfind(is_sound).or(last);
            if is_end || broken_at.is_some() {
                return Ok(AuditCheck {
                    sound: last.as_ref().map_or(0, |entry| entry.seq),
                    digest: last.map_or(Digest::ZERO, |entry| entry.digest),
                    broken_at,
                    at: self.now(),
                });
            }
        }
    }
}
