//! What goes wrong inside, on its way to the errors that callers see.

use storage::{CommitError, InsertError, StoreError};

/// A store error that is still inside; `?` makes it from whatever failed.
#[derive(Debug, Clone)]
pub(crate) struct Failure(pub(crate) StoreError);

impl Failure {
    pub(crate) fn unavailable(cause: &str) -> Self {
        Self(StoreError::unavailable(cause))
    }

    pub(crate) fn corrupt(
        kind: &'static str,
        id: impl ToString,
        cause: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self(StoreError::corrupt(kind, id, cause))
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self(StoreError::unavailable(error))
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        failure.0
    }
}

impl From<Failure> for InsertError {
    fn from(failure: Failure) -> Self {
        Self::Store(failure.0)
    }
}

impl From<Failure> for CommitError {
    fn from(failure: Failure) -> Self {
        Self::Store(failure.0)
    }
}
