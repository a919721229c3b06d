//! What staff and the operator did to people, for the log that shows any later change.

use domain::User;
use domain::digest::Digest;
use domain::id::{AuditId, UserId};
use domain::policy::Action;
use storage::NewAuditEntry;

use crate::Services;
use crate::failure::Failure;

/// A change to somebody that goes into the log.
#[derive(Debug)]
pub(crate) struct Audited<'a> {
    pub(crate) actor: Option<UserId>,
    pub(crate) action: Action,
    pub(crate) before: Option<&'a User>,
    pub(crate) after: &'a User,
    pub(crate) reason: Option<&'a str>,
}

impl Services {
    /// Appends it. The id follows from the version that came about, so a repeated call adds
    /// nothing.
    pub(crate) async fn audit(&self, audited: Audited<'_>) -> Result<(), Failure> {
        let after = audited.after;
        let version = after.version.to_be_bytes();
        let entry = NewAuditEntry {
            id: AuditId::derived(&[b"user", after.id.as_uuid().as_bytes(), &version]),
            at: self.now(),
            actor: audited.actor,
            action: audited.action.code().to_owned(),
            subject: format!("user:{}", after.id),
            before: audited.before.map(Digest::of_value),
            after: Some(Digest::of_value(after)),
            reason: audited.reason.map(ToOwned::to_owned),
            ip: None,
        };
        self.store.audit().append(entry).await?;
        Ok(())
    }
}
