//! A file as it came, to be saved; a picture that was drawn here, to be looked at.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::HeaderValue;
use browser::stored_file::attachment;
use domain::id::FileId;

use super::{failure, opened};
use crate::page::{Failure, Page, PageResult};

pub(crate) async fn get(page: Page, path: Result<Path<FileId>, PathRejection>) -> PageResult {
    let Path(id) = path.map_err(|_| Failure::NotFound)?;
    let actor = page.actor();
    let found = page.services().open_file(&actor, id);
    let file = found.await.map_err(failure)?;
    let disposition = if file.is_drawn() {
        HeaderValue::from_static("inline")
    } else {
        attachment(&file.name)
    };
    Ok(opened(file, disposition))
}
