//! Bytes of files in memory, that a test can lose or spoil.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::id::FileId;

use crate::ports::{BlobError, Blobs};

/// Keeps bytes in memory.
#[derive(Debug, Default)]
pub struct MemoryBlobs {
    kept: Mutex<BTreeMap<FileId, Vec<u8>>>,
    is_full: AtomicBool,
}

impl MemoryBlobs {
    /// Which ids there are bytes of.
    pub fn ids(&self) -> Vec<FileId> {
        let kept = self.kept.lock().expect("no test panics while keeping");
        kept.keys().copied().collect()
    }

    /// Changes what lies under an id behind everybody's back.
    pub fn spoil(&self, id: FileId, bytes: &[u8]) {
        let mut kept = self.kept.lock().expect("no test panics while keeping");
        kept.insert(id, bytes.to_vec());
    }

    /// From now on nothing more is kept, or it is again.
    pub fn set_full(&self, is_full: bool) {
        self.is_full.store(is_full, Ordering::SeqCst);
    }
}

#[async_trait]
impl Blobs for MemoryBlobs {
    async fn put(&self, id: FileId, bytes: Arc<[u8]>) -> Result<(), BlobError> {
        if self.is_full.load(Ordering::SeqCst) {
            return Err(std::io::Error::from(ErrorKind::StorageFull).into());
        }
        self.spoil(id, &bytes);
        Ok(())
    }

    async fn get(&self, id: FileId) -> Result<Option<Vec<u8>>, BlobError> {
        let kept = self.kept.lock().expect("no test panics while keeping");
        Ok(kept.get(&id).cloned())
    }

    async fn delete(&self, id: FileId) -> Result<(), BlobError> {
        let mut kept = self.kept.lock().expect("no test panics while keeping");
        kept.remove(&id);
        Ok(())
    }
}
