//! Backups: a folder with the database, the people's files and a manifest, made while the server
//! runs, and put back.

mod making;
mod manifest;
mod restoring;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

pub use self::making::make;
pub use self::manifest::Manifest;
pub use self::restoring::{Onto, restore};
use crate::serve::Fault;

/// The database of a backup.
const DATABASE: &str = "amn.db";
/// The folder of a backup with the people's files, laid out as the server's own.
const FILES: &str = "files";

/// Where an installation keeps what a backup is of.
#[derive(Debug, Clone)]
pub struct Places {
    /// The file of the embedded store.
    pub store: PathBuf,
    /// The folder of people's files.
    pub files: PathBuf,
}

/// Says how far something long has come: its words, how much is done, of how much.
pub type Progress<'a> = dyn FnMut(&str, u64, u64) + Send + 'a;

/// Names the file that something went wrong with.
fn at<E: std::fmt::Display>(path: &Path) -> impl Fn(E) -> Fault {
    move |error| format!("{}: {error}", path.display()).into()
}

/// A path with something behind its name.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
