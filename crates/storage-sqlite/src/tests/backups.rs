//! Copies: made under writes, refused when something is wrong with them, put in place in one step.

use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use storage::Store;
use tempfile::TempDir;

use crate::backup::{BackupError, StoreCopy, copy_store, place, replace, take_alone};
use crate::schema::SCHEMA;
use crate::{OpenError, SqliteStore};

const ROWS: i64 = 4_000;

/// A store of some twenty megabytes: several steps of copying.
fn large_store(directory: &TempDir) -> PathBuf {
    let path = directory.path().join("amn.db");
    drop(SqliteStore::open(&path).unwrap());
    let mut connection = Connection::open(&path).unwrap();
    let transaction = connection.transaction().unwrap();
    for number in 0..ROWS {
        write(&transaction, number);
    }
    transaction.commit().unwrap();
    path
}

fn write(connection: &Connection, number: i64) {
    let sql = "INSERT INTO inbox (consumer, event, expires_at) VALUES (?1, ?2, 1)";
    let values = ("x".repeat(4_000), number.to_string());
    connection.execute(sql, values).unwrap();
}

fn rows(path: &Path) -> i64 {
    let connection = Connection::open(path).unwrap();
    let sql = "SELECT count(*) FROM inbox";
    connection.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn copy(from: &Path, directory: &TempDir) -> PathBuf {
    let to = directory.path().join("copy.db");
    copy_store(from, &to, &mut |_, _| {}).unwrap();
    to
}

#[test]
fn a_copy_is_of_one_moment_although_others_write_meanwhile() {
    let directory = tempfile::tempdir().unwrap();
    let path = large_store(&directory);
    let writer = Connection::open(&path).unwrap();
    let to = directory.path().join("copy.db");
    let mut written = 0;
    copy_store(&path, &to, &mut |done, all| {
        assert!(done <= all);
        written += 1;
        write(&writer, ROWS + written);
    })
    .unwrap();
    assert!(written >= 3, "the copy took several steps");
    assert_eq!(rows(&path), ROWS + written, "nobody was kept from writing");
    assert_eq!(rows(&to), ROWS, "the copy is of the moment it began at");
    let copy = StoreCopy::open(&to).unwrap();
    copy.check().unwrap();
    assert_eq!(copy.schema().unwrap(), SCHEMA);
}

#[tokio::test]
async fn a_copy_of_a_store_that_is_open_is_a_store() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("amn.db");
    let store = SqliteStore::open(&path).unwrap();
    store.check().await.unwrap();
    let copied = copy(&path, &directory);
    let counts = StoreCopy::open(&copied).unwrap().counts().unwrap();
    assert!(counts.contains(&("deals", 0)), "{counts:?}");
    SqliteStore::open(&copied).unwrap().check().await.unwrap();
    store.check().await.unwrap();
}

#[test]
fn nothing_is_copied_from_where_no_store_is() {
    let directory = tempfile::tempdir().unwrap();
    let nowhere = directory.path().join("none.db");
    let to = directory.path().join("copy.db");
    let refused = copy_store(&nowhere, &to, &mut |_, _| {}).unwrap_err();
    assert!(refused.to_string().contains("none.db"), "{refused}");
    assert!(!nowhere.exists() && !to.exists());
}

#[test]
fn a_damaged_copy_is_found() {
    let directory = tempfile::tempdir().unwrap();
    let copied = copy(&large_store(&directory), &directory);
    let mut bytes = fs::read(&copied).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20_000].fill(0xA5);
    fs::write(&copied, bytes).unwrap();
    let found = StoreCopy::open(&copied).unwrap().check().unwrap_err();
    assert!(matches!(found, BackupError::Damaged(_)), "{found}");
}

#[test]
fn a_copy_of_a_newer_store_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let copied = copy(&large_store(&directory), &directory);
    let connection = Connection::open(&copied).unwrap();
    let newer = SCHEMA + 1;
    connection
        .pragma_update(None, "user_version", newer)
        .unwrap();
    drop(connection);
    let refused = StoreCopy::open(&copied).unwrap_err();
    let is_newer = matches!(
        refused,
        BackupError::Open(OpenError::NewerSchema { found, .. }) if found == newer
    );
    assert!(is_newer, "{refused}");
}

#[tokio::test]
async fn a_store_in_use_is_nobody_elses_and_one_at_rest_is_a_single_file() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("amn.db");
    let store = SqliteStore::open(&path).unwrap();
    store.check().await.unwrap();
    let refused = take_alone(&path).unwrap_err();
    assert!(matches!(refused, BackupError::InUse(_)), "{refused}");
    store.check().await.unwrap();
    store.close().await;
    drop(store);

    let alone = take_alone(&path).unwrap();
    assert!(is_locked(&path), "other processes must see it, too");
    assert!(!path.with_extension("db-wal").exists());
    assert!(take_alone(&path).is_err(), "one at a time");
    drop(alone);
    SqliteStore::open(&path).unwrap().check().await.unwrap();
}

/// Whether the kernel holds a lock for writing on a file: this process itself would not be told.
fn is_locked(path: &Path) -> bool {
    let inode = fs::metadata(path).unwrap().ino();
    let locks = fs::read_to_string("/proc/locks").unwrap();
    let of_file = |line: &str| line.contains(" WRITE ") && line.contains(&format!(":{inode} "));
    locks.lines().any(of_file)
}

#[test]
fn a_new_store_is_put_only_where_nothing_is() {
    let directory = tempfile::tempdir().unwrap();
    let [new, path] = ["new", "amn.db"].map(|name| directory.path().join(name));
    fs::write(&new, "new").unwrap();
    place(&new, &path).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    fs::write(&path, "of a server that was started").unwrap();
    let refused = place(&new, &path).unwrap_err();
    assert!(matches!(refused, BackupError::InUse(_)), "{refused}");
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "of a server that was started"
    );
}

#[test]
fn a_store_is_replaced_in_one_step_and_what_was_there_is_kept() {
    let directory = tempfile::tempdir().unwrap();
    let [new, path, before] = ["new", "amn.db", "before"].map(|name| directory.path().join(name));
    fs::write(&new, "new").unwrap();
    fs::write(&path, "old").unwrap();
    fs::write(directory.path().join("amn.db-wal"), "of nobody").unwrap();
    replace(&new, &path, Some(&before)).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    assert_eq!(fs::read_to_string(&before).unwrap(), "old");
    assert!(!new.exists() && !directory.path().join("amn.db-wal").exists());
}
