//! The bytes of stored files, as a port.

use core::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use domain::id::FileId;

/// The bytes could not be kept, read or removed. After a failed write it is unknown whether they
/// are there; every call may be repeated.
#[derive(Debug, Clone, thiserror::Error)]
#[error("stored files are not available: {0}")]
pub struct BlobError(#[source] pub Arc<std::io::Error>);

impl From<std::io::Error> for BlobError {
    fn from(error: std::io::Error) -> Self {
        Self(Arc::new(error))
    }
}

/// Keeps the bytes of files under their ids. What is known of a file lies in the store.
#[async_trait]
pub trait Blobs: Send + Sync + fmt::Debug {
    /// Keeps `bytes` under `id`, all of them or none: nobody ever reads a part. They survive a
    /// crash once this has answered. Repeating it is no harm.
    ///
    /// # Errors
    /// [`BlobError`].
    async fn put(&self, id: FileId, bytes: Arc<[u8]>) -> Result<(), BlobError>;

    /// The bytes under `id`.
    ///
    /// # Errors
    /// [`BlobError`].
    async fn get(&self, id: FileId) -> Result<Option<Vec<u8>>, BlobError>;

    /// Removes what is under `id`, if anything is.
    ///
    /// # Errors
    /// [`BlobError`].
    async fn delete(&self, id: FileId) -> Result<(), BlobError>;
}
