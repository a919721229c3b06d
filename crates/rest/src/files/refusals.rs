//! Files that are not taken, as problems.

use axum::http::StatusCode;
use services::files::{AttachError, TakeInError};

use crate::marketplace::not_changed;
use crate::problem::Problem;
use crate::refusals::{conflict, failed, key_reused};

/// A file of the form's `part` that is not shown.
pub fn not_taken(part: &'static str, error: AttachError) -> Problem {
    match error {
        AttachError::File(error) => not_taken_in(part, error),
        AttachError::NoSuchFile => Problem::not_found(),
        AttachError::Change(error) => not_changed(error),
    }
}

/// A file of the form's `part` that is not taken in.
pub fn not_taken_in(part: &'static str, error: TakeInError) -> Problem {
    let code = error.code();
    match error {
        TakeInError::Empty
        | TakeInError::TooLarge
        | TakeInError::WrongType
        | TakeInError::Unreadable => Problem::field(part, code, error.to_string()),
        TakeInError::QuotaUsedUp => conflict(code, error),
        TakeInError::KeyReused => key_reused(),
        TakeInError::Blobs(error) => {
            tracing::error!(%error, "a file was not kept");
            let detail = "we cannot keep files right now; please try again";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, code, detail).retry_after_seconds(5)
        }
        TakeInError::Failed(failure) => failed(failure),
    }
}
