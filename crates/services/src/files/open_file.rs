//! Opening a stored file: for those who may see what it was brought for, and nobody else.

use domain::digest::Digest;
use domain::id::{FileId, RequestId, UserId};
use domain::policy::Action;
use domain::request::Stage;
use storage::{FilePurpose, FileRecord, StoreError};

use super::FileKind;
use super::subject::Subject;
use crate::Services;
use crate::actor::{Actor, Person};
use crate::deals::{Relation, relation};
use crate::failure::Failure;
use crate::ports::BlobError;

/// The bytes of a file. What came from outside is to be saved and never shown by the browser itself;
/// only pictures that were drawn here are shown.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenedFile {
    /// Its name, made safe.
    pub name: String,
    /// Its type by content.
    pub mime: String,
    /// What the file that was asked for is for.
    pub purpose: FilePurpose,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl OpenedFile {
    /// Whether it was drawn here, from pixels alone.
    pub fn is_drawn(&self) -> bool {
        let is_shown = matches!(self.purpose, FilePurpose::Attachment | FilePurpose::Avatar);
        is_shown && self.mime == FileKind::Jpeg.mime()
    }
}

/// The bytes are somebody's; a log shows how many there are.
impl core::fmt::Debug for OpenedFile {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("OpenedFile")
            .field("mime", &self.mime)
            .field("size", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// Why a file was not opened.
#[derive(Debug, Clone, thiserror::Error)]
pub enum OpenFileError {
    /// There is none, or none that the caller may know of.
    #[error("there is no such file")]
    NotFound,
    /// The bytes are not those that came. They are not handed out.
    #[error("the bytes of file {0} are not those that came")]
    Altered(FileId),
    /// The bytes could not be read.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl From<StoreError> for OpenFileError {
    fn from(error: StoreError) -> Self {
        Self::Failed(Failure::Store(error))
    }
}

impl Services {
    /// A file: for who brought it; once it is evidence, for the parties of the deal and whoever was
    /// drawn to judge it; once it is shown with a request, with an offer or in a profile, for
    /// whoever may see that.
    ///
    /// # Errors
    /// [`OpenFileError::NotFound`] for anybody else.
    pub async fn open_file(&self, actor: &Actor, id: FileId) -> Result<OpenedFile, OpenFileError> {
        let record = self.readable_file(actor, id).await?;
        let purpose = record.purpose;
        self.read_file(record, purpose).await
    }

    /// The picture that was drawn of a file, for the same people.
    ///
    /// # Errors
    /// [`OpenFileError::NotFound`] also where there is none.
    pub async fn open_preview(
        &self,
        actor: &Actor,
        id: FileId,
    ) -> Result<OpenedFile, OpenFileError> {
        let record = self.readable_file(actor, id).await?;
        let preview = record.preview.ok_or(OpenFileError::NotFound)?;
        let preview = self.store.files().find(preview).await?;
        let preview = preview.ok_or(OpenFileError::NotFound)?;
        self.read_file(preview, record.purpose).await
    }

    /// The record of a file that the caller may open. Visitors are asked to sign in for any other,
    /// whether there is one or not.
    async fn readable_file(&self, actor: &Actor, id: FileId) -> Result<FileRecord, OpenFileError> {
        let record = self.store.files().find(id).await?;
        if let Some(record) = &record
            && self.is_shown_to(actor, record).await?
        {
            return Ok(record.clone());
        }
        let person = actor.person_who_may(Action::ReadOwnDeals);
        let person = person.map_err(Failure::from)?;
        let record = record.ok_or(OpenFileError::NotFound)?;
        if record.owner == person.id || self.judges_by(person, &record).await? {
            Ok(record)
        } else {
            Err(OpenFileError::NotFound)
        }
    }

    async fn is_shown_to(&self, actor: &Actor, file: &FileRecord) -> Result<bool, Failure> {
        match Subject::of(file) {
            Some(Subject::Request(request)) => self.is_shown_with(request, actor, file).await,
            Some(Subject::Person(person)) => self.is_picture_of(person, actor, file).await,
            Some(Subject::Deal(_)) | None => Ok(false),
        }
    }

    /// Whether a request that the caller may know of shows the file, or an offer that is theirs to
    /// read. Admins see what others see, too: they look after it.
    async fn is_shown_with(
        &self,
        request: RequestId,
        actor: &Actor,
        file: &FileRecord,
    ) -> Result<bool, Failure> {
        actor.may(Action::ReadPublic)?;
        let Some(request) = self.store.requests().find(request).await? else {
            return Ok(false);
        };
        let is_draft = request.stage == Stage::Draft;
        let moderates = actor.may(Action::Moderate).is_ok() && !is_draft;
        let moderates = moderates && request.refers_to_file(file.id);
        Ok(moderates || request.shows_file_to(file.id, actor.user_id()))
    }

    /// Whether it is the picture that a person shows, to everybody.
    async fn is_picture_of(
        &self,
        person: UserId,
        actor: &Actor,
        file: &FileRecord,
    ) -> Result<bool, Failure> {
        actor.may(Action::ReadPublic)?;
        let user = self.store.users().find(person).await?;
        let profile = user.map(|user| user.profile);
        Ok(profile.is_some_and(|profile| profile.is_public && profile.avatar == Some(file.id)))
    }

    /// Whether the file is evidence in a deal that this person is a party of or was drawn to
    /// judge. What is only staged is nobody's business yet.
    async fn judges_by(&self, person: &Person, file: &FileRecord) -> Result<bool, StoreError> {
        let Some(Subject::Deal(deal)) = Subject::of(file) else {
            return Ok(false);
        };
        let Some(deal) = self.store.deals().find(deal).await? else {
            return Ok(false);
        };
        let is_evidence = deal.evidence.iter().any(|given| given.file == file.id);
        let is_concerned = match relation(&deal, person) {
            Some(Relation::Party(_) | Relation::Resolver | Relation::Approver) => true,
            // Who looks after payouts has no need to look at people's photographs.
            Some(Relation::Admin) | None => false,
        };
        Ok(is_evidence && is_concerned)
    }

    async fn read_file(
        &self,
        record: FileRecord,
        purpose: FilePurpose,
    ) -> Result<OpenedFile, OpenFileError> {
        let bytes = self.blobs.get(record.id).await?;
        let bytes = bytes.ok_or(OpenFileError::NotFound)?;
        if Digest::of(&bytes) != record.sha256 {
            tracing::error!(file = %record.id, "stored bytes are not those that came");
            return Err(OpenFileError::Altered(record.id));
        }
        Ok(OpenedFile {
            name: record.name,
            mime: record.mime,
            purpose,
            bytes,
        })
    }
}
