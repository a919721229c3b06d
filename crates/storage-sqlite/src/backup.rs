//! Copies of a store: one is made while the store is in use, looked through, and put in the place of
//! another.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use storage::FileRecord;

use crate::document::parse;
use crate::failure::Failure;
use crate::open::{OpenError, connect_reader, prepare_file};
use crate::schema::{SCHEMA, check_owner, number};

/// Pages that are copied at once: 4 MB.
const PAGES_AT_ONCE: i32 = 1_024;
/// How long a copy waits for somebody who has the file locked, before it looks again.
const PAUSE: Duration = Duration::from_millis(20);
/// How many complaints of SQLite are read: the first says what is wrong.
const COMPLAINTS_MAX: usize = 5;
/// Tables that are counted for whoever reads what is in a copy.
const COUNTED: [&str; 5] = ["users", "requests", "deals", "files", "audit"];

/// Why a store was not copied, or a copy is not taken.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file cannot be opened, is another program's, or has a newer schema.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is no store to copy.
    #[error("there is no store at {}; STORE_URL says where it lies", .0.display())]
    NoStore(PathBuf),
    /// SQLite's own check of the file found faults.
    #[error("the database is damaged: {}", .0.join("; "))]
    Damaged(Vec<String>),
    /// A record in it cannot be read.
    #[error("the database cannot be read: {0}")]
    Unreadable(storage::StoreError),
    /// Another process has the store open.
    #[error("the store at {} is in use; stop the server first", .0.display())]
    InUse(PathBuf),
    /// What the operating system says.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What is in the way.
        source: std::io::Error,
    },
    /// Anything else that SQLite says.
    #[error("the store cannot be copied: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

impl From<Failure> for BackupError {
    fn from(failure: Failure) -> Self {
        Self::Unreadable(failure.0)
    }
}

/// Copies the store at `from` into a new file at `to`, as it was at one moment, while others read
/// and write it. `progress` is told how many pages of how many are there.
///
/// One reading transaction holds the moment for as long as the copy takes: without it SQLite
/// begins anew whenever another process writes, on a busy store for ever. Writers are not held up;
/// only their log cannot be folded into the file meanwhile.
///
/// # Errors
/// [`BackupError`]. What lies at `to` is then worth nothing.
pub fn copy_store(
    from: &Path,
    to: &Path,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(), BackupError> {
    if !from.is_file() {
        return Err(BackupError::NoStore(from.to_owned()));
    }
    let source = connect_reader(from)?;
    check_owner(&source, number(&source)?)?;
    prepare_file(to)?;
    let mut target = Connection::open(to)?;
    let moment = source.unchecked_transaction()?;
    // A transaction begins with its first reading.
    moment.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let copying = Backup::new(&source, &mut target)?;
    while copying.step(PAGES_AT_ONCE)? != StepResult::Done {
        let seen = copying.progress();
        let count = |pages: i32| u64::try_from(pages).unwrap_or(0);
        let done = count(seen.pagecount.saturating_sub(seen.remaining));
        progress(done, count(seen.pagecount));
        if seen.remaining == seen.pagecount {
            std::thread::sleep(PAUSE);
        }
    }
    drop(copying);
    moment.finish()?;
    // One file, without a log beside it, that can be read where nothing can be written.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    drop(target);
    sync(to)
}

/// A copy that nobody writes to.
#[derive(Debug)]
pub struct StoreCopy {
    connection: Connection,
}

impl StoreCopy {
    /// Opens a copy for reading. It is left as it is.
    ///
    /// # Errors
    /// [`BackupError`]: it is no store of this program, or of a newer one.
    pub fn open(path: &Path) -> Result<Self, BackupError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(OpenError::from)?;
        let copy = Self { connection };
        let found = copy.schema()?;
        if found > SCHEMA {
            let known = SCHEMA;
            return Err(OpenError::NewerSchema { found, known }.into());
        }
        check_owner(&copy.connection, found)?;
        Ok(copy)
    }

    /// The number of its schema.
    ///
    /// # Errors
    /// [`BackupError`].
    pub fn schema(&self) -> Result<u32, BackupError> {
        Ok(number(&self.connection)?)
    }

    /// Lets SQLite check every page, index and reference.
    ///
    /// # Errors
    /// [`BackupError::Damaged`] says what is wrong.
    pub fn check(&self) -> Result<(), BackupError> {
        let mut complaints = Vec::new();
        let whole = self
            .connection
            .pragma_query(None, "integrity_check", |row| {
                let said: String = row.get(0)?;
                if said != "ok" && complaints.len() < COMPLAINTS_MAX {
                    complaints.push(said);
                }
                Ok(())
            });
        // A page that is damaged enough ends the check itself.
        complaints.extend(whole.err().map(|error| error.to_string()));
        if complaints.is_empty() {
            Ok(())
        } else {
            Err(BackupError::Damaged(complaints))
        }
    }

    /// How many rows the tables have that tell the most.
    ///
    /// # Errors
    /// [`BackupError`].
    pub fn counts(&self) -> Result<Vec<(&'static str, u64)>, BackupError> {
        let count = |table: &'static str| {
            let sql = format!("SELECT count(*) FROM {table}");
            let rows: i64 = self.connection.query_row(&sql, [], |row| row.get(0))?;
            Ok((table, rows.unsigned_abs()))
        };
        COUNTED.into_iter().map(count).collect()
    }

    /// Hands over what is known of each stored file.
    ///
    /// # Errors
    /// [`BackupError`], or what `each` fails with.
    pub fn each_file<E: From<BackupError>>(
        &self,
        mut each: impl FnMut(FileRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        let sqlite = |error: rusqlite::Error| E::from(BackupError::Sqlite(error));
        let sql = "SELECT doc FROM files ORDER BY id";
        let mut statement = self.connection.prepare(sql).map_err(sqlite)?;
        let mut rows = statement.query([]).map_err(sqlite)?;
        while let Some(row) = rows.next().map_err(sqlite)? {
            let doc = row.get_ref(0).map_err(sqlite)?;
            let record = parse::<FileRecord>(doc.as_str(), "in a list");
            each(record.map_err(BackupError::from)?)?;
        }
        Ok(())
    }
}

/// Makes one file of a store that nobody has open, its log folded in, and lets nobody else open it
/// for as long as the answer is kept.
///
/// # Errors
/// [`BackupError::InUse`] when somebody has it open.
pub fn take_alone(path: &Path) -> Result<Alone, BackupError> {
    let connection = Connection::open(path).map_err(OpenError::from)?;
    connection.busy_timeout(Duration::ZERO)?;
    let in_use = || BackupError::InUse(path.to_owned());
    // SQLite leaves its log only when no other connection is there.
    let mode: Result<String, _> =
        connection.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0));
    if mode.ok().as_deref() != Some("delete") {
        return Err(in_use());
    }
    // Before the lock: closing any descriptor of a file gives up all of a process's locks on it.
    sync(path)?;
    connection
        .execute_batch("BEGIN EXCLUSIVE")
        .map_err(|_| in_use())?;
    Ok(Alone {
        _connection: connection,
    })
}

/// A store that nobody else can open meanwhile.
#[derive(Debug)]
pub struct Alone {
    _connection: Connection,
}

/// Gives the file at `new` the name `path`, in one step, unless something has that name by now.
///
/// # Errors
/// [`BackupError::InUse`] when somebody was faster; [`BackupError::Io`].
pub fn place(new: &Path, path: &Path) -> Result<(), BackupError> {
    fs::hard_link(new, path).map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => BackupError::InUse(path.to_owned()),
        _ => BackupError::Io {
            path: path.to_owned(),
            source,
        },
    })?;
    sync_folder(path)
}

/// Puts the file at `new` in the place of `path`, in one step. What was there before is kept at
/// `before`, if it is given. Nobody may have `path` open: see [`take_alone`].
///
/// # Errors
/// [`BackupError::Io`].
pub fn replace(new: &Path, path: &Path, before: Option<&Path>) -> Result<(), BackupError> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| BackupError::Io { path, source }
    };
    if let Some(before) = before {
        // A second name, so that there is a store at `path` at every moment.
        fs::hard_link(path, before).map_err(io(before))?;
    }
    // A log that was left beside would be taken for that of the new file.
    for suffix in ["-wal", "-shm", "-journal"] {
        let mut log = path.as_os_str().to_owned();
        log.push(suffix);
        let log = PathBuf::from(log);
        match fs::remove_file(&log) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(io(&log)(error)),
            Ok(()) | Err(_) => {}
        }
    }
    fs::rename(new, path).map_err(io(path))?;
    sync_folder(path)
}

/// Makes a name durable.
fn sync_folder(path: &Path) -> Result<(), BackupError> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    sync(folder.unwrap_or(Path::new(".")))
}

fn sync(path: &Path) -> Result<(), BackupError> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.map_err(|source| BackupError::Io {
        path: path.to_owned(),
        source,
    })
}
