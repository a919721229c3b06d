//! What can go wrong between a use case and a store.

use std::error::Error;
use std::sync::Arc;

/// Any cause, shared because one failed commit may concern several callers.
pub type BoxError = Arc<dyn Error + Send + Sync>;

/// The store could not do what was asked.
///
/// After a write that failed so, unless it was [`Unsound`](Self::Unsound), **it is unknown whether
/// it was written**: look, or repeat; every write of this crate may be repeated.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached, is busy, full or closed. Worth another try later.
    #[error("the store is not available: {0}")]
    Unavailable(#[source] BoxError),
    /// It holds something that this program cannot read. Another try ends alike.
    #[error("{kind} {id} in the store cannot be read: {source}")]
    Corrupt {
        /// What kind of thing it is.
        kind: &'static str,
        /// Which one.
        id: String,
        /// What is wrong with it.
        source: BoxError,
    },
    /// It was asked to write what must never be: a fault of ours. Nothing was written, and another
    /// try ends alike.
    #[error("{kind} {id} would break an invariant: {source}")]
    Unsound {
        /// What kind of thing it is.
        kind: &'static str,
        /// Which one.
        id: String,
        /// Which invariant.
        source: BoxError,
    },
}

impl StoreError {
    /// Whether another try may end otherwise.
    pub const fn may_pass(&self) -> bool {
        match self {
            Self::Unavailable(_) => true,
            Self::Corrupt { .. } | Self::Unsound { .. } => false,
        }
    }

    /// [`StoreError::Unavailable`] for `cause`.
    pub fn unavailable(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Unavailable(Arc::from(cause.into()))
    }

    /// [`StoreError::Corrupt`] for `cause`.
    pub fn corrupt(
        kind: &'static str,
        id: impl ToString,
        cause: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self::Corrupt {
            kind,
            id: id.to_string(),
            source: Arc::from(cause.into()),
        }
    }
}

/// Why something new was not taken in.
#[derive(Debug, Clone, thiserror::Error)]
pub enum InsertError {
    /// Its id is there already. Nothing was written.
    #[error("it is there already, {}", if *same { "the same" } else { "with other content" })]
    Exists {
        /// Whether what is there equals what was to be inserted: then an earlier try had
        /// succeeded.
        same: bool,
    },
    /// Another document has a value that must be unique. Nothing was written.
    #[error("another one has the same {field}")]
    Conflict {
        /// Which value.
        field: &'static str,
    },
    /// See [`StoreError`]: unknown whether it was written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a changed aggregate was not written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CommitError {
    /// The stored version is another one, or there is none. Nothing was written: reload, decide
    /// again.
    #[error("somebody else changed it meanwhile")]
    Stale,
    /// Another document has a value that must be unique. Nothing was written.
    #[error("another one has the same {field}")]
    Conflict {
        /// Which value.
        field: &'static str,
    },
    /// See [`StoreError`]: unknown whether it was written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What an addition that may be repeated has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is there now.
    Now,
    /// It had been there before; nothing changed.
    Before,
}
