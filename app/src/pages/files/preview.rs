//! The small picture that was drawn of a file.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::HeaderValue;
use domain::id::FileId;

use super::{failure, opened};
use crate::page::{Failure, Page, PageResult};

pub(crate) async fn get(page: Page, path: Result<Path<FileId>, PathRejection>) -> PageResult {
    let Path(id) = path.map_err(|_| Failure::NotFound)?;
    let actor = page.actor();
    let found = page.services().open_preview(&actor, id);
    let file = found.await.map_err(failure)?;
    Ok(opened(file, HeaderValue::from_static("inline")))
}
