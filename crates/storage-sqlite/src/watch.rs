//! Seeing whether anything was written, by this process or by another.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

use crate::open::{OpenError, connect_reader};

/// A connection that does nothing but ask, and never waits. SQLite counts, for each connection, the
/// commits of all others (<https://sqlite.org/pragma.html#pragma_data_version>); it looks into shared
/// memory for that, and reads one page after a commit.
#[derive(Debug)]
pub(crate) struct Watch {
    /// None once the store is closed.
    connection: Mutex<Option<Connection>>,
}

impl Watch {
    pub(crate) fn open(path: &Path) -> Result<Self, OpenError> {
        let connection = connect_reader(path)?;
        connection.busy_timeout(Duration::ZERO)?;
        Ok(Self {
            connection: Mutex::new(Some(connection)),
        })
    }

    /// Another number after each commit; None when it cannot be told without waiting.
    pub(crate) fn data_version(&self) -> Option<u64> {
        let connection = self.connection.try_lock().ok()?;
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
