//! Files that people brought: saved as they came, or looked at as a picture that was drawn here.

pub(super) mod attach;
pub(crate) mod open;
pub(crate) mod preview;
pub(super) mod words;

use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use browser::stored_file;
use services::files::{FilePurpose, OpenFileError, OpenedFile};

use crate::page::Failure;

/// The page that takes the place of a file that is not handed out.
fn failure(error: OpenFileError) -> Failure {
    match error {
        OpenFileError::NotFound => Failure::NotFound,
        OpenFileError::Failed(failure) => failure.into(),
        OpenFileError::Altered(_) | OpenFileError::Blobs(_) => Failure::internal(&error),
    }
}

/// A file that was brought, for those who may have it.
fn opened(file: OpenedFile, disposition: HeaderValue) -> Response {
    let cache = match file.purpose {
        // Whoever may see a request opens its pictures again and again.
        FilePurpose::Attachment => "private, max-age=600",
        FilePurpose::Avatar | FilePurpose::Evidence | FilePurpose::Preview => "private, no-store",
    };
    bytes(&file.mime, file.bytes, disposition, cache)
}

/// Bytes with the headers that keep a browser from taking them for anything else.
pub(in crate::pages) fn bytes(
    mime: &str,
    bytes: Vec<u8>,
    disposition: HeaderValue,
    cache: &'static str,
) -> Response {
    let headers = stored_file::headers(mime, disposition, cache);
    (headers, bytes).into_response()
}
