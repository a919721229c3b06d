//! `GET /files/{id}`: a file as it came, or a picture that was drawn here; `GET
//! /files/{id}/preview`: the small picture of it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use browser::stored_file;
use domain::id::FileId;
use domain::policy::Action;
use services::Services;
use services::files::{OpenFileError, OpenedFile};

use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::failed;

/// Open a file
///
/// For who brought it; once it is evidence, for the parties of the deal and whoever was drawn to
/// judge it; once it is shown with a request or an offer, for whoever may see that. It is to be
/// saved, unless it is a picture that was drawn here.
#[utoipa::path(
    get,
    path = "/files/{id}",
    tag = "files",
    extensions(("x-policy" = json!("deal.read"))),
    security((), ("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which file", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d64")),
    responses(
        (status = 200, description = "Its bytes, as what they are", content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, description = "`NOT_FOUND`: none that the caller may know of"),
        (status = 500, description = "`INTERNAL`, also when the bytes are not those that came: they are not handed out"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id = read_id(&caller, &id)?;
    let opened = services.open_file(&caller.actor, id).await;
    let file = opened.map_err(refused)?;
    let disposition = if file.is_drawn() {
        HeaderValue::from_static("inline")
    } else {
        stored_file::attachment(&file.name)
    };
    Ok(handed_out(file, disposition))
}

/// Open the small picture of a file
///
/// For the same people.
#[utoipa::path(
    get,
    path = "/files/{id}/preview",
    tag = "files",
    extensions(("x-policy" = json!("deal.read"))),
    security((), ("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which file", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d64")),
    responses(
        (status = 200, description = "The picture", content_type = "image/jpeg", body = Vec<u8>),
        (status = 404, description = "`NOT_FOUND`: no file that the caller may know of, or no picture of it"),
    )
)]
pub async fn preview(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let id = read_id(&caller, &id)?;
    let opened = services.open_preview(&caller.actor, id).await;
    let file = opened.map_err(refused)?;
    Ok(handed_out(file, HeaderValue::from_static("inline")))
}

/// An id that is none is the id of no file: visitors are asked to sign in, as for any other.
fn read_id(caller: &Caller, id: &str) -> Result<FileId, Problem> {
    id.parse().or_else(|_| {
        caller.may(Action::ReadOwnDeals)?;
        Err(Problem::not_found())
    })
}

fn handed_out(file: OpenedFile, disposition: HeaderValue) -> Response {
    let cache = "private, no-store";
    let headers = stored_file::headers(&file.mime, disposition, cache);
    (headers, file.bytes).into_response()
}

fn refused(error: OpenFileError) -> Problem {
    match error {
        OpenFileError::NotFound => Problem::not_found(),
        OpenFileError::Failed(failure) => failed(failure),
        OpenFileError::Altered(_) | OpenFileError::Blobs(_) => {
            tracing::error!(%error, "a file is not handed out");
            Problem::internal()
        }
    }
}
