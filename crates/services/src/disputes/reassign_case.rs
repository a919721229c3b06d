//! A case goes to another resolver, who is drawn by lot as the first one was.

use domain::deal::{Deal, Rejection, State};
use domain::digest::Digest;
use domain::id::{AuditId, DealId};
use domain::policy::Action;
use domain::text::Line;
use storage::NewAuditEntry;

use crate::Services;
use crate::actor::{Actor, Person};
use crate::deals::{DealError, Drawn};
use crate::record::Record;

/// A case and why it should not stay with its resolver.
#[derive(Debug, Clone)]
pub struct ReassignCase {
    /// The deal in dispute.
    pub deal: DealId,
    /// The version that the page showed; another one refuses the step.
    pub expected_version: Option<u64>,
    /// Why, for the audit log.
    pub reason: Line<200>,
}

/// Why a case stays where it is.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ReassignError {
    /// Everybody else is a party of it or has judged it.
    #[error("there is nobody else who could judge this case")]
    NobodyElse,
    /// The deal refuses, or is not the caller's to see.
    #[error(transparent)]
    Deal(#[from] DealError),
}

impl Services {
    /// Draws another resolver for an open case. Who leaves and who comes is nobody's choice; that
    /// it happens is an admin's, whose reason goes into the audit log.
    ///
    /// # Errors
    /// [`ReassignError`].
    pub async fn reassign_case(
        &self,
        actor: &Actor,
        command: ReassignCase,
    ) -> Result<(), ReassignError> {
        let person = actor.person_who_may(Action::ReassignDispute);
        let person = person.map_err(|denied| DealError::Failed(denied.into()))?;
        let deal = self.store.deals().find(command.deal).await;
        let deal = deal.map_err(DealError::from)?.ok_or(DealError::NotFound)?;
        if deal.party(person.id).is_some() {
            return Err(DealError::Rejected(Rejection::OwnDeal).into());
        }
        if deal.state != State::Disputed {
            return Err(DealError::Rejected(Rejection::WrongState).into());
        }
        let entry = self.reassigning(person, &command, &deal);
        self.write_down([entry]).await.map_err(DealError::from)?;
        let drawn = self.draw_another_resolver(&deal, command.expected_version);
        match drawn.await? {
            Drawn::Another => Ok(()),
            Drawn::Nobody => Err(ReassignError::NobodyElse),
        }
    }

    fn reassigning(&self, person: &Person, command: &ReassignCase, deal: &Deal) -> Record {
        let version = command.expected_version.unwrap_or(deal.version);
        let (uuid, version) = (deal.id.as_uuid(), version.to_be_bytes());
        let by = person.id.as_uuid();
        Record::Entry(NewAuditEntry {
            id: AuditId::derived(&[b"reassign", uuid.as_bytes(), &version, by.as_bytes()]),
            at: self.now(),
            actor: Some(person.id),
            action: Action::ReassignDispute.code().to_owned(),
            subject: format!("deal:{}", deal.id),
            before: Some(Digest::of_value(deal)),
            after: None,
            reason: Some(command.reason.clone().into()),
            ip: None,
        })
    }
}
