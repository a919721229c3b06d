//! Making a backup beside a running server.

use std::fs::{self, DirBuilder, File};
use std::path::Path;

use domain::Timestamp;
use files::{Carried, carry_file, digest_of};
use storage::{FilePurpose, FileRecord};
use storage_sqlite::backup::{StoreCopy, copy_store};

use super::{DATABASE, FILES, Manifest, Places, Progress, at, beside};
use crate::serve::Fault;

/// Makes a backup in the new folder `to`. It is made under another name and renamed when it is
/// whole.
///
/// The database comes first, as of one moment; then every file that it knows. Files never change,
/// so those are as of the same moment.
pub fn make(
    places: &Places,
    to: &Path,
    now: Timestamp,
    progress: &mut Progress<'_>,
) -> Result<Manifest, Fault> {
    if to.exists() {
        return Err(format!("{} is there already; name a new folder", to.display()).into());
    }
    let unfinished = beside(to, ".unfinished");
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent).map_err(at(parent))?;
    }
    private_folder(&unfinished).map_err(|error| {
        format!(
            "{}: {error}; if an earlier backup was cut short, remove it",
            unfinished.display()
        )
    })?;
    let manifest = fill(places, &unfinished, now, progress)?;
    fs::rename(&unfinished, to).map_err(at(to))?;
    sync_folder(to.parent().unwrap_or(to))?;
    Ok(manifest)
}

fn fill(
    places: &Places,
    backup: &Path,
    now: Timestamp,
    progress: &mut Progress<'_>,
) -> Result<Manifest, Fault> {
    let database = backup.join(DATABASE);
    copy_store(&places.store, &database, &mut |done, all| {
        progress("pages of the database copied", done, all);
    })?;
    let copy = StoreCopy::open(&database)?;
    copy.check()?;
    let mut manifest = Manifest {
        format: Manifest::FORMAT,
        made_at: jiff::Timestamp::from_millisecond(now.unix_ms())?.to_string(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: copy.schema()?,
        database_sha256: digest_of(&database).map_err(at(&database))?,
        database_bytes: fs::metadata(&database).map_err(at(&database))?.len(),
        rows: copy
            .counts()?
            .into_iter()
            .map(|(table, rows)| (table.to_owned(), rows))
            .collect(),
        files: 0,
        file_bytes: 0,
        lost_files: Vec::new(),
    };
    let known = manifest.rows.get("files").copied().unwrap_or(0);
    let mut seen = 0;
    let folder = backup.join(FILES);
    copy.each_file(|record| -> Result<(), Fault> {
        seen += 1;
        progress("files copied", seen, known);
        let carried = carry_file(&places.files, &folder, record.id, record.sha256);
        match carried.map_err(at(&places.files))? {
            Carried::Whole => {
                manifest.files += 1;
                manifest.file_bytes += record.size;
            }
            Carried::Missing if may_be_missing(&record) => {}
            Carried::Missing | Carried::Changed => manifest.lost_files.push(record.id),
        }
        Ok(())
    })?;
    manifest.write(backup)?;
    sync_folder(backup)?;
    Ok(manifest)
}

/// A file that nothing refers to may be on its way in, or on its way out. A preview is drawn from
/// another file.
pub(super) fn may_be_missing(record: &FileRecord) -> bool {
    record.attached_to.is_none() || record.purpose == FilePurpose::Preview
}

fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn sync_folder(folder: &Path) -> Result<(), Fault> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(at(folder))
}
