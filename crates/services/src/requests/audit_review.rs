//! The entry of what staff decided about a request.

use domain::id::AuditId;
use domain::policy::Action;
use domain::request::{Event, Happened, Request};
use storage::NewAuditEntry;

use crate::Services;
use crate::failure::Failure;

impl Services {
    /// Enters an event of a request into the audit log when staff caused it. May be repeated.
    pub(super) async fn audit_review(
        &self,
        request: &Request,
        event: &Event,
    ) -> Result<(), Failure> {
        let Some(by) = event.by.filter(|by| *by != request.buyer) else {
            return Ok(());
        };
        let reason = match event.happened {
            Happened::Published => None,
            Happened::SentBack | Happened::TakenDown => request.review_note.as_ref(),
            _ => return Ok(()),
        };
        let (uuid, seq) = (request.id.as_uuid(), event.seq.to_be_bytes());
        let entry = NewAuditEntry {
            id: AuditId::derived(&[b"request", uuid.as_bytes(), &seq]),
            at: event.at,
            actor: Some(by),
            action: Action::Moderate.code().to_owned(),
            subject: format!("request:{}", request.id),
            before: None,
            after: None,
            reason: reason.map(ToString::to_string),
            ip: None,
        };
        self.store.audit().append(entry).await?;
        Ok(())
    }
}
