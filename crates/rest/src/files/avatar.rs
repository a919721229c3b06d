//! `POST /files/upload/avatar`, `DELETE /user/profile/avatar`: the picture in one's profile.

use std::sync::Arc;

use axum::extract::{Request, State};
use domain::policy::Action;
use services::Services;
use utoipa::ToSchema;

use super::form::Form;
use super::refusals::not_taken_in;
use super::upload::Brought;
use crate::answer::{Data, Done};
use crate::caller::Caller;
use crate::once::IdempotencyKey;
use crate::problem::Problem;
use crate::refusals::failed;

/// What is sent, as `multipart/form-data`.
#[derive(Debug, ToSchema)]
#[expect(
    dead_code,
    reason = "it describes the form; its parts are read as they come"
)]
pub struct PictureFile {
    /// JPEG, PNG or WebP, up to 10 MB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Show a picture in one's profile
///
/// In place of the one before. It is drawn anew, so that nothing but its pixels is shown.
#[utoipa::path(
    post,
    path = "/files/upload/avatar",
    tag = "files",
    extensions(("x-policy" = json!("account.edit_profile"))),
    security(("bearer" = []), ("session" = [])),
    params(IdempotencyKey),
    request_body(content = PictureFile, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The picture", body = Data<Brought>),
        (status = 400, description = "`UNREADABLE_BODY`, `IDEMPOTENCY_KEY_NEEDED`"),
        (status = 409, description = "`FILE_QUOTA`, `IDEMPOTENCY_KEY_REUSED`, `CONTENDED`"),
        (status = 413, description = "`PAYLOAD_TOO_LARGE`"),
        (status = 415, description = "`UNSUPPORTED_MEDIA_TYPE`: send multipart/form-data"),
        (status = 422, description = "`VALIDATION_FAILED`: `FILE_EMPTY`, `FILE_TOO_LARGE`, `FILE_TYPE`, `FILE_UNREADABLE`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    request: Request,
) -> Result<Data<Brought>, Problem> {
    caller.may(Action::EditProfile)?;
    let upload = Form::read(request, "file").await?.one_file()?;
    let shown = services
        .show_picture(&caller.actor, upload, Some(&key))
        .await;
    let shown = shown.map_err(|error| not_taken_in("file", error))?;
    Ok(Data::new(Brought::from(shown)))
}

/// Show no picture in one's profile
///
/// Repeated, it changes nothing.
#[utoipa::path(
    delete,
    path = "/user/profile/avatar",
    tag = "files",
    extensions(("x-policy" = json!("account.edit_profile"))),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, description = "It is shown no more", body = Data<Done>))
)]
pub async fn delete(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<Done>, Problem> {
    services.hide_picture(&caller.actor).await.map_err(failed)?;
    Ok(Data::DONE)
}
