//! What a backup says of itself.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use domain::digest::Digest;
use domain::id::FileId;
use serde::{Deserialize, Serialize};

use super::at;
use crate::serve::Fault;

const NAME: &str = "manifest.json";

/// What lies in a backup. It is written last, so a folder with a manifest is a whole backup. The
/// digests of the people's files stand in the database, whose own digest stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The shape of the folder.
    pub format: u32,
    /// When it was begun, in RFC 3339: what was acknowledged before is in it.
    pub made_at: String,
    /// The version of the program that made it.
    pub program: String,
    /// The number of the database's schema.
    pub schema: u32,
    /// The digest of the database.
    pub database_sha256: Digest,
    /// How large it is.
    pub database_bytes: u64,
    /// How many rows the tables have that tell the most.
    pub rows: BTreeMap<String, u64>,
    /// How many of the people's files are there.
    pub files: u64,
    /// How large they are together.
    pub file_bytes: u64,
    /// Files that deals refer to and that were lost or changed before the backup was made.
    pub lost_files: Vec<FileId>,
}

impl Manifest {
    /// The shape that this program writes and reads.
    pub const FORMAT: u32 = 1;

    /// Reads the manifest of a backup.
    pub fn read(backup: &Path) -> Result<Self, Fault> {
        let path = backup.join(NAME);
        let bytes = fs::read(&path).map_err(|error| {
            format!(
                "{} cannot be read ({error}): this is no backup, or one that was cut short",
                path.display()
            )
        })?;
        let manifest: Self = serde_json::from_slice(&bytes).map_err(at(&path))?;
        if manifest.format != Self::FORMAT {
            return Err(format!(
                "{} is of format {}, and this program reads format {}; restore with the program \
                 that made it, {}",
                path.display(),
                manifest.format,
                Self::FORMAT,
                manifest.program
            )
            .into());
        }
        Ok(manifest)
    }

    /// Writes it into a backup, durably.
    pub(super) fn write(&self, backup: &Path) -> Result<(), Fault> {
        let path = backup.join(NAME);
        let mut file = fs::File::create_new(&path).map_err(at(&path))?;
        file.write_all(&serde_json::to_vec_pretty(self)?)
            .and_then(|()| file.sync_all())
            .map_err(at(&path))?;
        Ok(())
    }
}
