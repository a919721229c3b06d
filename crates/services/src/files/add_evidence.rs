//! Evidence: a file, kept as it came, and a line in the deal's log that names it by its digest.

use domain::deal::{Command, Context, Deal, EVIDENCE_NOTE_CHARS_MAX, EvidenceItem};
use domain::id::{CommandKey, DealId, FileId, UserId};
use domain::policy::Action;
use domain::text::Block;
use domain::{Span, deal};
use storage::FileRecord;

use super::evidence_file::{EvidenceFile, Staged, Upload, step};
use super::subject::Subject;
use super::take_in::TakeInError;
use crate::Services;
use crate::actor::Actor;
use crate::deals::{ActOnDeal, DealError, Receipt, hide_from_strangers};
use crate::failure::Failure;

/// A staged file can be used for so long; a little later the sweep may take it.
pub(super) const STAGED_LIFE: Span = Span::hours(24);

/// What is added to a deal.
#[derive(Debug, Clone)]
pub struct AddEvidence {
    /// The deal.
    pub deal: DealId,
    /// The file.
    pub file: EvidenceFile,
    /// Which item of the evidence contract it is meant to satisfy.
    pub item: Option<EvidenceItem>,
    /// What the giver says of it.
    pub note: Option<Block<EVIDENCE_NOTE_CHARS_MAX>>,
    /// Makes sending the same again harmless; of its own for each file.
    pub key: Option<CommandKey>,
}

/// Why nothing was added.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AddEvidenceError {
    /// The file was not taken in.
    #[error(transparent)]
    File(#[from] TakeInError),
    /// The staged file is gone, or is nobody's but somebody else's.
    #[error("this file is no longer there, please choose it again")]
    NoSuchFile,
    /// The deal refuses.
    #[error(transparent)]
    Deal(#[from] DealError),
}

impl AddEvidenceError {
    /// A stable word for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File(error) => error.code(),
            Self::NoSuchFile => "NO_SUCH_FILE",
            Self::Deal(error) => error.code(),
        }
    }
}

impl From<Failure> for AddEvidenceError {
    fn from(failure: Failure) -> Self {
        Self::Deal(failure.into())
    }
}

impl Services {
    /// Adds a file to the evidence of a deal, for one of its parties.
    ///
    /// The deal is asked before anything is kept. Then the bytes are kept, then the deal names
    /// them; what a crash leaves in between, a sweep removes, and the same key does it again.
    ///
    /// # Errors
    /// [`AddEvidenceError`]; a deal of others is not found.
    pub async fn add_evidence(
        &self,
        actor: &Actor,
        command: AddEvidence,
    ) -> Result<Receipt, AddEvidenceError> {
        let AddEvidence {
            deal: deal_id,
            file,
            item,
            note,
            key,
        } = command;
        let (deal, owner) = self.deal_to_add_to(actor, deal_id).await?;
        let note = note.map_or_else(String::new, String::from);
        let record = match file {
            EvidenceFile::Brought(upload) => {
                let incoming = self.look_at(owner, Subject::Deal(deal_id), upload, key.as_ref())?;
                let (id, sha256) = (incoming.record.id, incoming.record.sha256);
                self.ask_first(&deal, owner, step(id, sha256, item, note.clone()))?;
                self.take_in(incoming).await?
            }
            EvidenceFile::Staged(id) => self.find_staged(owner, deal_id, id).await?,
        };
        let add = ActOnDeal {
            deal: deal_id,
            // Adding is never wrong because something else was added meanwhile.
            expected_version: None,
            key,
            step: step(record.id, record.sha256, item, note),
        };
        let receipt = self.act_on_deal(actor, add).await?;
        let subject = Subject::Deal(deal_id).to_string();
        let attached = self.store.files().attach(record.id, owner, &subject).await;
        if let Err(error) = attached {
            // The deal names the file, which is what counts; the sweep notes it here.
            tracing::warn!(file = %record.id, %error, "evidence is not noted as attached yet");
        }
        Ok(receipt)
    }

    /// Keeps a file that was brought with a form which was refused for another reason, so that
    /// the person need not choose it again.
    ///
    /// # Errors
    /// [`AddEvidenceError`].
    pub async fn stage_evidence(
        &self,
        actor: &Actor,
        deal: DealId,
        upload: Upload,
        key: Option<&CommandKey>,
    ) -> Result<Staged, AddEvidenceError> {
        let (found, owner) = self.deal_to_add_to(actor, deal).await?;
        let incoming = self.look_at(owner, Subject::Deal(deal), upload, key)?;
        let (id, sha256) = (incoming.record.id, incoming.record.sha256);
        self.ask_first(&found, owner, step(id, sha256, None, String::new()))?;
        Ok(self.take_in(incoming).await?.into())
    }

    /// Those of the caller's files that are staged for a deal, for showing a form again.
    ///
    /// # Errors
    /// [`AddEvidenceError`].
    pub async fn list_staged(
        &self,
        actor: &Actor,
        deal: DealId,
        ids: &[FileId],
    ) -> Result<Vec<Staged>, AddEvidenceError> {
        let (_, owner) = self.deal_to_add_to(actor, deal).await?;
        let found = self.store.files().find_many(ids).await;
        let found = found.map_err(Failure::from)?;
        let usable = found
            .into_iter()
            .filter(|record| self.is_staged(record, owner, deal));
        Ok(usable.map(Staged::from).collect())
    }

    async fn deal_to_add_to(
        &self,
        actor: &Actor,
        deal: DealId,
    ) -> Result<(Deal, UserId), AddEvidenceError> {
        actor.may(Action::UploadFile).map_err(Failure::from)?;
        let person = actor.person_who_may(Action::AddEvidence);
        let person = person.map_err(Failure::from)?;
        let found = self.store.deals().find(deal).await.map_err(Failure::from)?;
        let deal = found.ok_or(DealError::NotFound)?;
        hide_from_strangers(&deal, person)?;
        Ok((deal, person.id))
    }

    /// Whether the deal would take it: megabytes are not kept for a deal that refuses them.
    fn ask_first(&self, deal: &Deal, owner: UserId, step: Command) -> Result<(), DealError> {
        let context = Context {
            now: self.now(),
            expected_version: None,
            address_read_at: None,
            limits: &self.config.money.limits_of(deal.terms.asset),
        };
        deal.decide(deal::Actor::Person(owner), step, &context)?;
        Ok(())
    }

    async fn find_staged(
        &self,
        owner: UserId,
        deal: DealId,
        id: FileId,
    ) -> Result<FileRecord, AddEvidenceError> {
        let found = self.store.files().find(id).await.map_err(Failure::from)?;
        found
            .filter(|record| self.is_staged(record, owner, deal))
            .ok_or(AddEvidenceError::NoSuchFile)
    }

    fn is_staged(&self, record: &FileRecord, owner: UserId, deal: DealId) -> bool {
        record.owner == owner
            && Subject::of(record) == Some(Subject::Deal(deal))
            && (record.attached_to.is_some() || self.now().since(record.created_at) < STAGED_LIFE)
    }
}
