//! A store for tests, in a directory that goes away with it.

use std::ops::Deref;
use std::sync::Arc;

use storage::Store;
use tempfile::TempDir;

use crate::{Settings, SqliteStore};

/// A fresh store. It does not wait for the disk, which no test of use cases asks about.
#[derive(Debug)]
pub struct TemporaryStore {
    store: Arc<SqliteStore>,
    // Dropped after the store.
    directory: TempDir,
}

impl TemporaryStore {
    /// Makes one.
    pub fn new() -> Self {
        let settings = Settings {
            readers: 2,
            durable: false,
        };
        Self::with(settings)
    }

    pub(crate) fn with(settings: Settings) -> Self {
        let directory = tempfile::tempdir().expect("tests have a directory for temporary files");
        let store = SqliteStore::open_with(directory.path().join("amn.db"), settings)
            .expect("a fresh store opens");
        Self {
            store: Arc::new(store),
            directory,
        }
    }

    /// The store, to hand to what is under test.
    pub fn store(&self) -> Arc<dyn Store> {
        Arc::<SqliteStore>::clone(&self.store)
    }

    /// The directory it lies in.
    pub fn directory(&self) -> &std::path::Path {
        self.directory.path()
    }
}

impl Default for TemporaryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl Deref for TemporaryStore {
    type Target = SqliteStore;

    fn deref(&self) -> &SqliteStore {
        &self.store
    }
}
