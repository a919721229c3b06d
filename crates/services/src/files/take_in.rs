//! Taking a file in: what it is, whether it may stay, its record, its bytes.

use std::sync::Arc;

use domain::Span;
use domain::digest::Digest;
use domain::id::{CommandKey, FileId, UserId};
use storage::{FilePurpose, FileRecord, InsertError};

use super::evidence_file::Upload;
use super::name::safe_name;
use super::subject::Subject;
use super::{BYTES_MAX, FileKind};
use crate::Services;
use crate::failure::Failure;
use crate::ports::BlobError;

/// What one person may bring within [`QUOTA_WINDOW`], in bytes: more than a dispute with every
/// file at its largest takes in a day.
const QUOTA_BYTES: u64 = 300 * 1_024 * 1_024;
const QUOTA_WINDOW: Span = Span::days(1);
/// The longer side of a picture that is shown with a request, in pixels.
const PICTURE_SIDE: u32 = 1_600;
/// The longer side of the small one of it, for lists.
const SMALL_SIDE: u32 = 480;
/// The longer side of what is drawn of evidence.
const PREVIEW_SIDE: u32 = 1_280;

/// Why a file was not taken in.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TakeInError {
    /// It has no bytes.
    #[error("the file is empty")]
    Empty,
    /// More than [`BYTES_MAX`].
    #[error("the file is larger than 10 MB")]
    TooLarge,
    /// Its content is of no type that is taken.
    #[error("files of this type are not taken")]
    WrongType,
    /// It begins like a picture and cannot be drawn, or not safely.
    #[error("this picture cannot be read; save it anew as JPEG or PNG")]
    Unreadable,
    /// This person has brought too much in one day.
    #[error("you have sent as many files as fit into one day")]
    QuotaUsedUp,
    /// The idempotency key was used for another file.
    #[error("this key was used for another file")]
    KeyReused,
    /// The bytes could not be kept.
    #[error(transparent)]
    Blobs(#[from] BlobError),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl TakeInError {
    /// A stable word for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "FILE_EMPTY",
            Self::TooLarge => "FILE_TOO_LARGE",
            Self::WrongType => "FILE_TYPE",
            Self::Unreadable => "FILE_UNREADABLE",
            Self::QuotaUsedUp => "FILE_QUOTA",
            Self::KeyReused => "IDEMPOTENCY_KEY_REUSED",
            Self::Blobs(_) => "FILES_UNAVAILABLE",
            Self::Failed(failure) => failure.code(),
        }
    }
}

impl From<storage::StoreError> for TakeInError {
    fn from(error: storage::StoreError) -> Self {
        Self::Failed(Failure::Store(error))
    }
}

/// A file that was looked at and may be taken in.
#[derive(Debug)]
pub(super) struct Incoming {
    pub(super) record: FileRecord,
    kind: FileKind,
    bytes: Arc<[u8]>,
}

impl Services {
    /// Looks at what was brought. Nothing is written yet.
    ///
    /// The same person bringing it again under the same key gives the same id.
    pub(super) fn look_at(
        &self,
        owner: UserId,
        subject: Subject,
        upload: Upload,
        key: Option<&CommandKey>,
    ) -> Result<Incoming, TakeInError> {
        if upload.bytes.is_empty() {
            return Err(TakeInError::Empty);
        }
        if upload.bytes.len() > BYTES_MAX {
            return Err(TakeInError::TooLarge);
        }
        let kind = FileKind::of(&upload.bytes)
            .filter(|kind| match subject.purpose() {
                FilePurpose::Evidence | FilePurpose::Preview => true,
                FilePurpose::Attachment => kind.may_be_shown(),
                FilePurpose::Avatar => kind.is_drawable(),
            })
            .ok_or(TakeInError::WrongType)?;
        let now = self.now();
        let id = match key {
            Some(key) => file_id(owner, subject, key),
            None => FileId::fresh(now, self.random.bytes()),
        };
        let record = FileRecord {
            id,
            owner,
            purpose: subject.purpose(),
            name: safe_name(&upload.name, kind),
            mime: kind.mime().to_owned(),
            size: u64::try_from(upload.bytes.len()).unwrap_or(u64::MAX),
            sha256: Digest::of(&upload.bytes),
            preview: None,
            brought_for: Some(subject.to_string()),
            attached_to: None,
            created_at: now,
        };
        Ok(Incoming {
            record,
            kind,
            bytes: upload.bytes.into(),
        })
    }

    /// Keeps what was looked at: first what is known of it, so that a sweep finds what a crash
    /// leaves behind, then its bytes.
    pub(super) async fn take_in(&self, incoming: Incoming) -> Result<FileRecord, TakeInError> {
        self.check_quota(&incoming.record).await?;
        let small = match incoming.record.purpose {
            FilePurpose::Attachment | FilePurpose::Avatar => SMALL_SIDE,
            FilePurpose::Evidence | FilePurpose::Preview => PREVIEW_SIDE,
        };
        let Incoming {
            mut record,
            kind,
            bytes,
        } = self.made_safe(incoming).await?;
        let picture = if kind.is_drawable() {
            self.previews.preview(Arc::clone(&bytes), small).await
        } else {
            None
        };
        let preview = picture.map(|picture| preview_of(&record, picture));
        record.preview = preview.as_ref().map(|(preview, _)| preview.id);
        let record = self.insert_once(record).await?;
        if let Some((preview, picture)) = preview {
            self.insert_once(preview.clone()).await?;
            self.blobs.put(preview.id, picture).await?;
        }
        self.blobs.put(record.id, bytes).await?;
        Ok(record)
    }

    async fn check_quota(&self, record: &FileRecord) -> Result<(), TakeInError> {
        let since = record.created_at.minus(QUOTA_WINDOW);
        let files = self.store.files();
        let brought = files.bytes_since(record.owner, since).await?;
        let earlier = files.find(record.id).await?;
        if earlier.is_none() && brought.saturating_add(record.size) > QUOTA_BYTES {
            return Err(TakeInError::QuotaUsedUp);
        }
        Ok(())
    }

    /// A picture that others will look at is drawn anew, and what came is not kept. Evidence stays
    /// as it came: it is saved, never shown.
    async fn made_safe(&self, incoming: Incoming) -> Result<Incoming, TakeInError> {
        let Incoming {
            mut record, kind, ..
        } = incoming;
        let is_shown = matches!(
            record.purpose,
            FilePurpose::Attachment | FilePurpose::Avatar
        );
        if !is_shown || !kind.is_drawable() {
            return Ok(Incoming { record, ..incoming });
        }
        let drawn = self.previews.preview(incoming.bytes, PICTURE_SIDE).await;
        let drawn = drawn.ok_or(TakeInError::Unreadable)?;
        let kind = FileKind::Jpeg;
        let stem = record.name.rsplit_once('.').map_or("", |(stem, _)| stem);
        record.name = safe_name(stem, kind);
        kind.mime().clone_into(&mut record.mime);
        record.size = u64::try_from(drawn.len()).unwrap_or(u64::MAX);
        record.sha256 = Digest::of(&drawn);
        Ok(Incoming {
            record,
            kind,
            bytes: drawn.into(),
        })
    }

    /// Inserts a record, or finds the one that an earlier try of the same has inserted.
    async fn insert_once(&self, record: FileRecord) -> Result<FileRecord, TakeInError> {
        match self.store.files().insert(&record).await {
            Ok(()) | Err(InsertError::Exists { same: true }) => Ok(record),
            Err(InsertError::Exists { same: false }) => {
                let earlier = self.store.files().find(record.id).await?;
                let is_same = |earlier: &FileRecord| {
                    (earlier.owner, earlier.sha256) == (record.owner, record.sha256)
                };
                earlier.filter(is_same).ok_or(TakeInError::KeyReused)
            }
            Err(InsertError::Conflict { field }) => {
                unreachable!("no two files have to differ in their {field}")
            }
            Err(InsertError::Store(error)) => Err(error.into()),
        }
    }
}

fn file_id(owner: UserId, subject: Subject, key: &CommandKey) -> FileId {
    FileId::derived(&[
        owner.as_uuid().as_bytes(),
        subject.to_string().as_bytes(),
        key.as_str().as_bytes(),
    ])
}

/// The record of a picture that was drawn of a file, and the picture.
fn preview_of(file: &FileRecord, picture: Vec<u8>) -> (FileRecord, Arc<[u8]>) {
    let preview = FileRecord {
        id: FileId::derived(&[b"preview", file.id.as_uuid().as_bytes()]),
        owner: file.owner,
        purpose: FilePurpose::Preview,
        name: "preview.jpg".to_owned(),
        mime: FileKind::Jpeg.mime().to_owned(),
        size: u64::try_from(picture.len()).unwrap_or(u64::MAX),
        sha256: Digest::of(&picture),
        preview: None,
        brought_for: None,
        attached_to: Some(format!("file:{}", file.id)),
        created_at: file.created_at,
    };
    (preview, picture.into())
}
