//! What staff and the operator did to people, for the log that shows any later change.

use domain::User;
use domain::digest::Digest;
use domain::id::{AuditId, UserId};
use domain::policy::Action;
use storage::NewAuditEntry;

use crate::Services;
use crate::record::Record;

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
    /// Its entry. The id follows from who did what to which version, and why, so a repeated call
    /// adds nothing.
    pub(crate) fn entry_of(&self, audited: &Audited<'_>) -> Record {
        let after = audited.after;
        let action = audited.action.code();
        let version = audited.before.map_or(0, |before| before.version);
        let actor = audited.actor.map(|actor| actor.to_string());
        let id = AuditId::derived(&[
            b"user",
            after.id.as_uuid().as_bytes(),
            &version.to_be_bytes(),
            actor.unwrap_or_default().as_bytes(),
            action.as_bytes(),
            audited.reason.unwrap_or_default().as_bytes(),
        ]);
        Record::Entry(NewAuditEntry {
            id,
            at: self.now(),
            actor: audited.actor,
            action: action.to_owned(),
            subject: format!("user:{}", after.id),
            before: audited.before.map(Digest::of_value),
            after: Some(Digest::of_value(after)),
            reason: audited.reason.map(ToOwned::to_owned),
            ip: None,
        })
    }
}

impl Services {
    /// The entry of somebody who reads what is not meant to be read without being seen. Each look
    /// is one of its own.
    pub(crate) fn entry_of_reading(
        &self,
        reader: UserId,
        action: Action,
        subject: String,
        reason: Option<&str>,
    ) -> Record {
        let now = self.now();
        let id = AuditId::derived(&[
            b"reading",
            reader.as_uuid().as_bytes(),
            action.code().as_bytes(),
            subject.as_bytes(),
            &now.unix_ms().to_be_bytes(),
        ]);
        Record::Entry(NewAuditEntry {
            id,
            at: now,
            actor: Some(reader),
            action: action.code().to_owned(),
            subject,
            before: None,
            after: None,
            reason: reason.map(ToOwned::to_owned),
            ip: None,
        })
    }
}
