//! Opening the database file, and what may stand in the way.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

/// How long a connection waits for another process that has the file locked, such as a backup.
const BUSY_MAX: Duration = Duration::from_secs(5);
/// How long the log grows before it is copied into the file: 16 MB.
const LOG_PAGES: u32 = 4_000;
/// Statements that a connection keeps prepared.
const STATEMENTS_KEPT: usize = 256;

/// How a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How many reads run at the same time.
    pub readers: usize,
    /// Whether a write is on the disk before it is answered. Always, except in tests that ask
    /// nothing of the disk.
    pub durable: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            readers: 4,
            durable: true,
        }
    }
}

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file or its directory cannot be written.
    #[error(
        "{} cannot be written: {source}; give this user the right to write there, or set STORE_URL \
         to another place",
        path.display()
    )]
    NotWritable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// A newer binary has changed the schema; this one would misread it.
    #[error(
        "the store has schema {found}, and this program knows schemas up to {known}; use the newer \
         program, or restore a backup from before it"
    )]
    NewerSchema {
        /// The number in the file.
        found: u32,
        /// The number that this binary knows.
        known: u32,
    },
    /// The file is something else: no database, or another program's.
    #[error("the file is not a store of this program; it was left as it is")]
    NotOurs,
    /// The operating system gave no thread to write with.
    #[error("the store's writing thread cannot be started: {source}")]
    NoThread {
        /// What the operating system says.
        source: io::Error,
    },
    /// Anything else that SQLite says.
    #[error("the store cannot be opened: {0}")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotOurs,
            _ => Self::Sqlite(error),
        }
    }
}

/// Makes the directory and the file if they are missing, readable by their owner alone: they hold
/// password hashes and addresses. SQLite gives its side files the same mode.
pub(crate) fn prepare_file(path: &Path) -> Result<(), OpenError> {
    let not_writable = |source| OpenError::NotWritable {
        path: path.to_owned(),
        source,
    };
    if let Some(directory) = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    {
        fs::create_dir_all(directory).map_err(not_writable)?;
        // SQLite makes side files here, so the directory itself has to take new files.
        let probe = path.with_extension("probe");
        private_file(&probe).map_err(not_writable)?;
        fs::remove_file(&probe).map_err(not_writable)?;
    }
    private_file(path).map_err(not_writable)
}

fn private_file(path: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// A connection for writing.
pub(crate) fn connect(path: &Path, settings: Settings) -> Result<Connection, OpenError> {
    let connection = open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let synchronous = if settings.durable { "FULL" } else { "OFF" };
    connection.pragma_update(None, "synchronous", synchronous)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    // A deal is written whole again and again: the longer the log, the more of it is copied once.
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
    connection.pragma_update(None, "cache_size", -8_192)?;
    Ok(connection)
}

/// A connection for reading, on a file that [`connect`] has opened before.
pub(crate) fn connect_reader(path: &Path) -> Result<Connection, OpenError> {
    let connection = open(path)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn open(path: &Path) -> Result<Connection, OpenError> {
    // Each connection is used by one thread at a time, so SQLite need not lock it.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_MAX)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(connection)
}
