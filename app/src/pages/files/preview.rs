//! The small picture that was drawn of a file.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::HeaderValue;
use domain::id::FileId;

use super::{bytes, failure};
use crate::page::{Failure, Page, PageResult};

pub(crate) async fn get(page: Page, path: Result<Path<FileId>, PathRejection>) -> PageResult {
    let Path(id) = path.map_err(|_| Failure::NotFound)?;
    let actor = page.actor();
    let opened = page.services().open_preview(&actor, id);
    let file = opened.await.map_err(failure)?;
    Ok(bytes(file, HeaderValue::from_static("inline")))
}
