//! Reading the form: each file is kept as it arrives, or said to be wrong.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::digest::Digest;
use domain::id::{CommandKey, FileId};
use services::files::{AddEvidenceError, BYTES_MAX, TakeInError, Upload};

use super::super::open::{Case, failure};
use super::super::refusal;
use super::FILES_AT_ONCE;
use super::show::Fields;
use super::words;
use crate::form::{Brought, Errors, MultipartForm, Part};
use crate::page::{Failure, Page};
use crate::pages::files::words::not_taken;

/// What a form brought.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) fields: Fields,
    /// Files that are kept, brought by this form or by one before it.
    pub(super) staged: Vec<FileId>,
    pub(super) errors: Errors,
    /// What says best what was wrong.
    pub(super) status: Option<StatusCode>,
}

/// Reads all of it. The inner error is the bare refusal of what no form of ours sends.
pub(super) async fn read(
    page: &Page,
    case: &Case,
    mut sent: MultipartForm,
) -> Result<Result<Form, Response>, Failure> {
    let mut form = Form::default();
    loop {
        match sent.next(BYTES_MAX).await {
            Ok(Some(Part::Text { name, value })) => match name.as_str() {
                "item" => form.fields.item = value,
                "note" => form.fields.note = value,
                "staged" => match value.parse() {
                    Ok(id) if form.has_room() => form.keep(id),
                    Ok(_) | Err(_) => return Ok(Err(StatusCode::BAD_REQUEST.into_response())),
                },
                _ => {}
            },
            Ok(Some(Part::File { name, brought })) => {
                take(page, case, &sent.key, &mut form, name, brought).await?;
            }
            Ok(None) => return Ok(Ok(form)),
            Err(refused) => return Ok(Err(refused)),
        }
    }
}

impl Form {
    fn has_room(&self) -> bool {
        self.staged.len() < FILES_AT_ONCE
    }

    fn keep(&mut self, id: FileId) {
        if !self.staged.contains(&id) {
            self.staged.push(id);
        }
    }

    fn refuse(&mut self, status: StatusCode, words: String) {
        self.errors.add("files", words);
        self.status = self.status.or(Some(status));
    }
}

async fn take(
    page: &Page,
    case: &Case,
    key: &str,
    form: &mut Form,
    name: String,
    brought: Brought,
) -> Result<(), Failure> {
    let bytes = match brought {
        // A field in which nothing was chosen.
        Brought::Whole(bytes) if bytes.is_empty() && name.is_empty() => return Ok(()),
        _ if !form.has_room() => {
            form.refuse(StatusCode::PAYLOAD_TOO_LARGE, words::too_many(page, &name));
            return Ok(());
        }
        Brought::Whole(bytes) => bytes,
        Brought::TooLarge => {
            let words = not_taken(page, &name, &TakeInError::TooLarge)?;
            form.refuse(StatusCode::PAYLOAD_TOO_LARGE, words);
            return Ok(());
        }
    };
    // The same bytes of the same form are one file, however often it is sent.
    let key = CommandKey::new(format!("{key}:{}", Digest::of(&bytes)));
    // A key too long to be lengthened costs no more than that.
    let key = key.ok();
    let upload = Upload {
        name: name.clone(),
        bytes,
    };
    let (services, deal) = (page.services(), case.deal().id);
    let staged = services
        .stage_evidence(&page.actor(), deal, upload, key.as_ref())
        .await;
    match staged {
        Ok(staged) => form.keep(staged.id),
        Err(AddEvidenceError::File(error)) => {
            let status = match error {
                TakeInError::WrongType | TakeInError::Empty => StatusCode::UNSUPPORTED_MEDIA_TYPE,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            form.refuse(status, not_taken(page, &name, &error)?);
        }
        Err(AddEvidenceError::Deal(error)) => {
            let words = refusal::words(page, &error)?;
            // Said once, however many files came.
            if form.errors.iter().all(|known| known.message != words) {
                form.errors.add_whole(words);
            }
            form.status = Some(StatusCode::CONFLICT);
        }
        Err(AddEvidenceError::NoSuchFile) => {
            return Err(failure(&services::deals::DealError::NotFound));
        }
    }
    Ok(())
}
