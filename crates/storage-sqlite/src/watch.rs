//! Seeing whether anything was written, by this process or by another.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use crate::open::{OpenError, connect_reader};

/// A connection that does nothing but ask. SQLite counts, for each connection, the commits of all
/// others (<https://sqlite.org/pragma.html#pragma_data_version>); it looks into shared memory for
/// that and reads no page.
#[derive(Debug)]
pub(crate) struct Watch {
    /// None once the store is closed.
    connection: Mutex<Option<Connection>>,
}

impl Watch {
    pub(crate) fn open(path: &Path) -> Result<Self, OpenError> {
        Ok(Self {
            connection: Mutex::new(Some(connect_reader(path)?)),
        })
    }

    /// Another number after each commit; None when the file cannot be asked.
    pub(crate) fn data_version(&self) -> Option<u64> {
        let connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut statement = connection
            .as_ref()?
            .prepare_cached("PRAGMA data_version")
            .ok()?;
        let version: i64 = statement.query_row([], |row| row.get(0)).ok()?;
        Some(version.unsigned_abs())
    }

    pub(crate) fn close(&self) {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }
}
