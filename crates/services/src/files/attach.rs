//! Pictures and documents that are shown with a request or an offer.
//!
//! A picture is drawn anew before it is kept, so that nothing but its pixels is ever shown: no place
//! where it was taken, no second file behind it. Documents are saved by whoever opens them.

use std::collections::BTreeSet;

use domain::id::{CommandKey, FileId, OfferId, RequestId, UserId};
use domain::policy::Action;
use domain::request::{Rejection, Request};
use storage::{FileRecord, Limit};

use super::add_evidence::STAGED_LIFE;
use super::evidence_file::{Staged, Upload};
use super::subject::Subject;
use super::take_in::TakeInError;
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::ChangeRequestError;

/// What files are shown with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownWith {
    /// A request of one's own.
    Request(RequestId),
    /// One's own offer on a request.
    Offer(RequestId, OfferId),
}

/// A file that is shown with a request or an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// Which one.
    pub id: FileId,
    /// Its name, made safe.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Whether it is a picture, drawn anew and safe to show; a document otherwise.
    pub is_picture: bool,
}

/// Why a file is not shown.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AttachError {
    /// The file was not taken in.
    #[error(transparent)]
    File(#[from] TakeInError),
    /// The kept file is gone, or was brought by somebody else or for something else.
    #[error("this file is no longer there, please choose it again")]
    NoSuchFile,
    /// The request or the offer does not take it.
    #[error(transparent)]
    Change(#[from] ChangeRequestError),
}

impl AttachError {
    /// A stable word for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File(error) => error.code(),
            Self::NoSuchFile => "NO_SUCH_FILE",
            Self::Change(error) => error.code(),
        }
    }
}

impl From<Failure> for AttachError {
    fn from(failure: Failure) -> Self {
        Self::Change(failure.into())
    }
}

impl ShownWith {
    const fn request(self) -> RequestId {
        match self {
            Self::Request(request) | Self::Offer(request, _) => request,
        }
    }

    const fn action(self) -> Action {
        match self {
            Self::Request(_) => Action::ManageOwnRequests,
            Self::Offer(..) => Action::MakeOffer,
        }
    }

    /// How many more it takes.
    fn room(self, request: &Request, by: UserId) -> Result<usize, Rejection> {
        match self {
            Self::Request(_) => request.room_for_files(by),
            Self::Offer(_, offer) => request.room_for_offer_files(by, offer),
        }
    }
}

impl Services {
    /// Keeps a file for a request or an offer of one's own. Nobody else sees it before it is
    /// [attached](Self::attach_files); one that never is, a sweep removes.
    ///
    /// The request is asked before anything is kept. The same bytes under the same key are one file.
    ///
    /// # Errors
    /// [`AttachError`].
    pub async fn stage_attachment(
        &self,
        actor: &Actor,
        shown_with: ShownWith,
        upload: Upload,
        key: Option<&CommandKey>,
    ) -> Result<Staged, AttachError> {
        let (request, owner) = self.request_to_add_to(actor, shown_with).await?;
        let room = shown_with.room(&request, owner);
        if room.map_err(ChangeRequestError::from)? == 0 {
            return Err(ChangeRequestError::from(Rejection::TooManyAttachments).into());
        }
        let subject = Subject::Request(request.id);
        let incoming = self.look_at(owner, subject, upload, key)?;
        Ok(self.take_in(incoming).await?.into())
    }

    /// Shows kept files with a request or an offer of one's own. Repeating it is no harm.
    ///
    /// The request names them first, then each file's record notes it; what a crash leaves in
    /// between, the sweep notes.
    ///
    /// # Errors
    /// [`AttachError`]; nothing is shown then.
    pub async fn attach_files(
        &self,
        actor: &Actor,
        shown_with: ShownWith,
        files: &[FileId],
    ) -> Result<Request, AttachError> {
        let (request, owner) = self.request_to_add_to(actor, shown_with).await?;
        let records = self.own_records(owner, request.id, files).await?;
        let pictures = self.pictures_among(&request, &records).await?;
        let is_picture = |file| pictures.contains(&file);
        let changed = self
            .change_request(request.id, |request, now| {
                match shown_with {
                    ShownWith::Request(_) => request.attach(owner, files, is_picture, now)?,
                    ShownWith::Offer(_, offer) => {
                        request.attach_to_offer(owner, offer, files, is_picture, now)?;
                    }
                }
                Ok(request.last_seq)
            })
            .await?;
        let subject = Subject::Request(request.id).to_string();
        for file in files {
            let attached = self.store.files().attach(*file, owner, &subject).await;
            if let Err(error) = attached {
                tracing::warn!(%file, %error, "a file is not noted as attached yet");
            }
        }
        Ok(changed.request)
    }

    /// Shows a file no more; the sweep then removes it. Repeating it is no harm.
    ///
    /// # Errors
    /// [`AttachError`].
    pub async fn detach_file(
        &self,
        actor: &Actor,
        shown_with: ShownWith,
        file: FileId,
    ) -> Result<Request, AttachError> {
        let (request, owner) = self.request_to_add_to(actor, shown_with).await?;
        let changed = self
            .change_request(request.id, |request, now| {
                match shown_with {
                    ShownWith::Request(_) => request.detach(owner, file, now)?,
                    ShownWith::Offer(_, offer) => {
                        request.detach_from_offer(owner, offer, file, now)?;
                    }
                }
                Ok(request.last_seq)
            })
            .await?;
        self.let_go(request.id, owner, &[file]).await?;
        Ok(changed.request)
    }

    /// Notes that a request refers to some of a person's files no more: the sweep removes them.
    /// May be repeated.
    pub(crate) async fn let_go(
        &self,
        request: RequestId,
        owner: UserId,
        files: &[FileId],
    ) -> Result<(), Failure> {
        let subject = Subject::Request(request).to_string();
        for file in files {
            self.store.files().detach(*file, owner, &subject).await?;
        }
        Ok(())
    }

    /// What is known of files that a request or an offer shows, in the same order.
    pub(crate) async fn attached_files(
        &self,
        files: &[FileId],
    ) -> Result<Vec<AttachedFile>, Failure> {
        let mut records = Vec::new();
        for some in files.chunks(Limit::MAX.get()) {
            records.extend(self.store.files().find_many(some).await?);
        }
        let known = |file: &FileId| records.iter().find(|record| record.id == *file);
        let shown = files.iter().filter_map(known);
        Ok(shown
            .map(|record| AttachedFile {
                id: record.id,
                name: record.name.clone(),
                size: record.size,
                is_picture: record.preview.is_some(),
            })
            .collect())
    }

    /// The files that are shown with a request or an offer of one's own, and how many more fit.
    ///
    /// # Errors
    /// [`AttachError`]; one that takes no more says so.
    pub async fn list_attachments(
        &self,
        actor: &Actor,
        shown_with: ShownWith,
    ) -> Result<(Vec<AttachedFile>, usize), AttachError> {
        let (request, owner) = self.request_to_add_to(actor, shown_with).await?;
        let room = shown_with.room(&request, owner);
        let room = room.map_err(ChangeRequestError::from)?;
        let files = match shown_with {
            ShownWith::Request(_) => request.draft().what.map(|what| what.attachments),
            ShownWith::Offer(_, offer) => {
                let offer = request.offer(offer);
                offer.map(|offer| offer.proposal.attachments.clone())
            }
        };
        let files = self.attached_files(&files.unwrap_or_default()).await?;
        Ok((files, room))
    }

    /// The request, and who asks: its buyer, or whoever may see it and offers.
    async fn request_to_add_to(
        &self,
        actor: &Actor,
        shown_with: ShownWith,
    ) -> Result<(Request, UserId), AttachError> {
        actor.may(Action::UploadFile).map_err(Failure::from)?;
        let person = actor.person_who_may(shown_with.action());
        let person = person.map_err(Failure::from)?;
        let request = self.find_request(shown_with.request()).await?;
        let is_theirs = match shown_with {
            ShownWith::Request(_) => request.buyer == person.id,
            ShownWith::Offer(_, offer) => request
                .offer(offer)
                .is_some_and(|offer| offer.seller == person.id),
        };
        if is_theirs {
            Ok((request, person.id))
        } else {
            Err(ChangeRequestError::NotFound.into())
        }
    }

    /// The records of files that this person brought for this request; none may be missing.
    async fn own_records(
        &self,
        owner: UserId,
        request: RequestId,
        files: &[FileId],
    ) -> Result<Vec<FileRecord>, AttachError> {
        let records = self.store.files().find_many(files).await;
        let records = records.map_err(Failure::from)?;
        let is_fit = |file: &FileId| {
            records.iter().any(|record| {
                record.id == *file
                    && record.owner == owner
                    && Subject::of(record) == Some(Subject::Request(request))
                    && self.is_kept(record)
            })
        };
        if files.iter().all(is_fit) {
            Ok(records)
        } else {
            Err(AttachError::NoSuchFile)
        }
    }

    /// What nothing refers to any more may be swept away at any moment.
    fn is_kept(&self, record: &FileRecord) -> bool {
        record.attached_to.is_some() || self.now().since(record.created_at) < STAGED_LIFE
    }

    /// The pictures among new files and those that the request shows already.
    async fn pictures_among(
        &self,
        request: &Request,
        new: &[FileRecord],
    ) -> Result<BTreeSet<FileId>, Failure> {
        let mut shown = request
            .draft()
            .what
            .map_or_else(Vec::new, |what| what.attachments);
        let offers = request.offers.iter();
        shown.extend(offers.flat_map(|offer| offer.proposal.attachments.iter().copied()));
        let old = self.attached_files(&shown).await?;
        let old = old.iter().filter(|file| file.is_picture);
        let new = new.iter().filter(|record| record.preview.is_some());
        Ok(new
            .map(|record| record.id)
            .chain(old.map(|file| file.id))
            .collect())
    }
}
