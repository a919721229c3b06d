//! Putting a backup back. Until its last step nothing of what was there before has changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::Timestamp;
use domain::id::FileId;
use files::{Carried, carry_file, copy_private, look_at_file};
use services::books::{Books, recompute};
use storage::Store;
use storage_sqlite::backup::{Alone, StoreCopy, place, replace, take_alone};
use storage_sqlite::{OpenError, SCHEMA, SqliteStore};

use super::making::may_be_missing;
use super::{DATABASE, FILES, Manifest, Places, Progress, at, beside};
use crate::serve::Fault;

/// What a backup is put onto.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onto {
    /// Where nothing is yet.
    Nothing,
    /// What is there is replaced; its database is kept beside.
    WhatIsThere,
    /// Nowhere: it is only looked at, as if it were.
    Nowhere,
}

/// What came of a restore.
#[derive(Debug)]
pub struct Restored {
    /// What the backup said of itself.
    pub manifest: Manifest,
    /// The books, computed anew from what was restored.
    pub books: Books,
    /// Where the database lies that was there before.
    pub before: Option<PathBuf>,
}

/// Restores the backup in the folder `from`.
///
/// The database is laid beside its place, checked, brought to this program's schema, and its books
/// are computed anew. Only when all of it is right it takes its place, by one renaming. Files never
/// change and go by unguessable names, so adding those of the backup harms nothing that is there.
pub async fn restore(
    places: &Places,
    from: &Path,
    onto: Onto,
    now: Timestamp,
    progress: &mut Progress<'_>,
) -> Result<Restored, Fault> {
    let manifest = Manifest::read(from)?;
    if manifest.schema > SCHEMA {
        let (found, known) = (manifest.schema, SCHEMA);
        return Err(OpenError::NewerSchema { found, known }.into());
    }
    let alone = make_way(places, onto)?;
    let staged = Staged::lay(&from.join(DATABASE), &places.store, &manifest)?;
    put_files(places, from, &staged, &manifest, onto, progress)?;
    let books = staged.compute_books(progress).await?;
    if !books.are_right() {
        let faults: Vec<String> = books.faults.iter().map(ToString::to_string).collect();
        return Err(format!(
            "the books of this backup are not right, and nothing was restored:\n  {}",
            faults.join("\n  ")
        )
        .into());
    }
    let before = alone.is_some().then(|| {
        let moment = now.unix_ms() / 1_000;
        beside(&places.store, &format!(".before-{moment}"))
    });
    match (onto, &alone) {
        (Onto::Nowhere, _) => {}
        (_, Some(_)) => replace(&staged.path, &places.store, before.as_deref())?,
        // Not over a store that a server made which was started meanwhile.
        (_, None) => place(&staged.path, &places.store)?,
    }
    Ok(Restored {
        manifest,
        books,
        before,
    })
}

/// Sees to it that nobody uses what is to be replaced, or that there is nothing to replace.
fn make_way(places: &Places, onto: Onto) -> Result<Option<Alone>, Fault> {
    if let Some(folder) = places.store.parent() {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    let store = &places.store;
    let is_there = store.exists();
    match onto {
        Onto::WhatIsThere if is_there => Ok(Some(take_alone(store)?)),
        Onto::WhatIsThere | Onto::Nowhere => Ok(None),
        Onto::Nothing => {
            let occupied = if is_there {
                Some(store)
            } else {
                Some(&places.files).filter(|folder| has_entries(folder))
            };
            match occupied {
                None => Ok(None),
                Some(path) => Err(format!(
                    "there is something at {} already; with --replace the backup takes its place, \
                     and the database that is there is kept beside it",
                    path.display()
                )
                .into()),
            }
        }
    }
}

fn has_entries(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// Carries the people's files to their place, each compared with its digest.
fn put_files(
    places: &Places,
    from: &Path,
    staged: &Staged,
    manifest: &Manifest,
    onto: Onto,
    progress: &mut Progress<'_>,
) -> Result<(), Fault> {
    let (source, mut lost) = (from.join(FILES), Vec::<FileId>::new());
    let known = manifest.rows.get("files").copied().unwrap_or(0);
    let mut seen = 0;
    StoreCopy::open(&staged.path)?.each_file(|record| -> Result<(), Fault> {
        seen += 1;
        progress("files restored", seen, known);
        let found = match onto {
            Onto::Nowhere => look_at_file(&source, record.id, record.sha256),
            Onto::Nothing | Onto::WhatIsThere => {
                carry_file(&source, &places.files, record.id, record.sha256)
            }
        };
        match found.map_err(at(&source))? {
            Carried::Whole => {}
            Carried::Missing if may_be_missing(&record) => {}
            // It was lost before the backup was made.
            Carried::Missing if manifest.lost_files.contains(&record.id) => {}
            Carried::Missing | Carried::Changed => lost.push(record.id),
        }
        Ok(())
    })?;
    if lost.is_empty() {
        return Ok(());
    }
    let lost: Vec<String> = lost.iter().map(ToString::to_string).collect();
    Err(format!(
        "files of this backup are missing or are not what was backed up, and nothing was \
         restored: {}",
        lost.join(", ")
    )
    .into())
}

/// The database of the backup, beside its place; gone again unless it was put there.
struct Staged {
    path: PathBuf,
}

impl Staged {
    /// Lays it there and looks whether it is what was backed up.
    fn lay(database: &Path, store: &Path, manifest: &Manifest) -> Result<Self, Fault> {
        let staged = Self {
            path: beside(store, ".restoring"),
        };
        // Of a restore that was cut short.
        staged.remove();
        let digest = copy_private(database, &staged.path).map_err(at(database))?;
        if digest != manifest.database_sha256 {
            return Err(format!(
                "{} is not what was backed up: its SHA-256 is {digest}, and the manifest says {}",
                database.display(),
                manifest.database_sha256
            )
            .into());
        }
        StoreCopy::open(&staged.path)?.check()?;
        Ok(staged)
    }

    async fn compute_books(&self, progress: &mut Progress<'_>) -> Result<Books, Fault> {
        let store = Arc::new(SqliteStore::open(&self.path)?);
        let mut told = |done, all| progress("ledgers computed anew", done, all);
        let books = recompute(&*store, &mut told).await;
        store.close().await;
        drop(store);
        // One file again, which is all that is moved.
        drop(take_alone(&self.path)?);
        Ok(books?)
    }

    fn remove(&self) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            // What is not there need not go; what cannot go is complained of by who writes there.
            drop(fs::remove_file(beside(&self.path, suffix)));
        }
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        self.remove();
    }
}
