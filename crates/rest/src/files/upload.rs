//! `POST /files/upload/file`, `POST /files/upload/files`: pictures and documents that are shown
//! with a request or an offer. Evidence is brought to its deal.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use domain::id::{CommandKey, FileId};
use domain::policy::Action;
use serde::Serialize;
use services::Services;
use services::files::{ShownWith, Staged, Upload};
use utoipa::ToSchema;

use super::form::{Form, With};
use super::refusals::not_taken;
use crate::answer::Data;
use crate::caller::Caller;
use crate::marketplace::not_changed;
use crate::once::IdempotencyKey;
use crate::problem::Problem;

/// A file that was brought.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Brought {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d64")]
    id: String,
    /// Its name, made safe.
    #[schema(example = "receipt.jpg")]
    filename: String,
    /// Its type by content.
    #[serde(rename = "mimeType")]
    #[schema(example = "image/jpeg")]
    mime: String,
    /// In bytes.
    #[schema(example = 48_213)]
    size: u64,
    /// Of its bytes as they came.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    sha256: String,
}

impl From<Staged> for Brought {
    fn from(staged: Staged) -> Self {
        Self {
            id: staged.id.to_string(),
            filename: staged.name,
            mime: staged.mime,
            size: staged.size,
            sha256: staged.sha256.to_string(),
        }
    }
}

/// What is sent, as `multipart/form-data`: with one of the two ids.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "it describes the form; its parts are read as they come"
)]
pub struct OneFile {
    /// One's own request that it is shown with.
    #[schema(rename = "purchaseRequestId")]
    purchase_request_id: Option<String>,
    /// One's own offer that it is shown with.
    #[schema(rename = "offerId")]
    offer_id: Option<String>,
    /// JPEG, PNG, WebP or PDF, up to 10 MB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// What is sent, as `multipart/form-data`: with one of the two ids.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "it describes the form; its parts are read as they come"
)]
pub struct SeveralFiles {
    /// One's own request that they are shown with.
    #[schema(rename = "purchaseRequestId")]
    purchase_request_id: Option<String>,
    /// One's own offer that they are shown with.
    #[schema(rename = "offerId")]
    offer_id: Option<String>,
    /// Up to five, each JPEG, PNG, WebP or PDF, up to 10 MB.
    #[schema(value_type = Vec<String>, format = Binary)]
    files: Vec<Vec<u8>>,
}

/// Show a file with a request or an offer
///
/// What it is, its content says. A picture is drawn anew, so that nothing but its pixels is shown.
/// It is the caller's alone for as long as the request is a draft.
#[utoipa::path(
    post,
    path = "/files/upload/file",
    tag = "files",
    extensions(("x-policy" = json!("file.upload"))),
    security(("bearer" = []), ("session" = [])),
    params(IdempotencyKey),
    request_body(content = OneFile, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The file", body = Data<Brought>),
        (status = 400, description = "`UNREADABLE_BODY`"),
        (status = 404, description = "`NOT_FOUND`: no request or offer of the caller's"),
        (status = 409, description = "`TOO_MANY_ATTACHMENTS`, `FILE_QUOTA`, `IDEMPOTENCY_KEY_REUSED`, what the request refuses, `CONTENDED`"),
        (status = 413, description = "`PAYLOAD_TOO_LARGE`"),
        (status = 415, description = "`UNSUPPORTED_MEDIA_TYPE`: send multipart/form-data"),
        (status = 422, description = "`VALIDATION_FAILED`: `FILE_EMPTY`, `FILE_TOO_LARGE`, `FILE_TYPE`, `FILE_UNREADABLE`"),
    )
)]
pub async fn file(
    State(services): State<Arc<Services>>,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    request: Request,
) -> Result<Data<Brought>, Problem> {
    caller.may(Action::UploadFile)?;
    let form = Form::read(request, "file").await?;
    let with = form.with()?;
    let uploads = vec![form.one_file()?];
    let brought = show(&services, &caller, &key, with, ("file", uploads)).await?;
    let one = brought.into_iter().next();
    one.map(Data::new).ok_or_else(Problem::internal)
}

/// Show several files with a request or an offer
///
/// All of them, or, when one is not taken, none.
#[utoipa::path(
    post,
    path = "/files/upload/files",
    tag = "files",
    extensions(("x-policy" = json!("file.upload"))),
    security(("bearer" = []), ("session" = [])),
    params(IdempotencyKey),
    request_body(content = SeveralFiles, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The files, in their order", body = Data<Vec<Brought>>),
        (status = 400, description = "`UNREADABLE_BODY`"),
        (status = 404, description = "`NOT_FOUND`: no request or offer of the caller's"),
        (status = 409, description = "`TOO_MANY_ATTACHMENTS`, `FILE_QUOTA`, `IDEMPOTENCY_KEY_REUSED`, what the request refuses, `CONTENDED`"),
        (status = 413, description = "`PAYLOAD_TOO_LARGE`"),
        (status = 415, description = "`UNSUPPORTED_MEDIA_TYPE`: send multipart/form-data"),
        (status = 422, description = "`VALIDATION_FAILED`: `FILE_EMPTY`, `FILE_TOO_LARGE`, `FILE_TYPE`, `FILE_UNREADABLE`, `TOO_MANY_FILES`"),
    )
)]
pub async fn files(
    State(services): State<Arc<Services>>,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    request: Request,
) -> Result<Data<Vec<Brought>>, Problem> {
    caller.may(Action::UploadFile)?;
    let form = Form::read(request, "files").await?;
    let with = form.with()?;
    let uploads = form.all_files()?;
    let brought = show(&services, &caller, &key, with, ("files", uploads)).await?;
    Ok(Data::new(brought))
}

/// Keeps the files one after the other, each under a key of its own, then shows them: repeated
/// after a fault in the middle, it goes on.
async fn show(
    services: &Services,
    caller: &Caller,
    key: &CommandKey,
    with: With,
    (part, uploads): (&'static str, Vec<Upload>),
) -> Result<Vec<Brought>, Problem> {
    let shown_with = match with {
        With::Request(request) => ShownWith::Request(request),
        With::Offer(offer) => {
            let request = services.request_of_offer(&caller.actor, Action::MakeOffer, offer);
            ShownWith::Offer(request.await.map_err(not_changed)?, offer)
        }
    };
    let mut kept = Vec::new();
    for (at, upload) in uploads.into_iter().enumerate() {
        let key = key_of_file(key, at)?;
        let staged = services.stage_attachment(&caller.actor, shown_with, upload, Some(&key));
        kept.push(staged.await.map_err(|error| not_taken(part, error))?);
    }
    let ids: Vec<FileId> = kept.iter().map(|staged| staged.id).collect();
    let attached = services.attach_files(&caller.actor, shown_with, &ids).await;
    attached.map_err(|error| not_taken(part, error))?;
    Ok(kept.into_iter().map(Brought::from).collect())
}

fn key_of_file(key: &CommandKey, at: usize) -> Result<CommandKey, Problem> {
    CommandKey::new(format!("{at}:{}", key.as_str())).map_err(|_| {
        let detail = "an Idempotency-Key for files is at most 126 characters";
        Problem::new(StatusCode::BAD_REQUEST, "INVALID_IDEMPOTENCY_KEY", detail)
    })
}
