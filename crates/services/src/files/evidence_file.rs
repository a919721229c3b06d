//! A file on its way to where it is shown.

use core::fmt;

use domain::deal::{Command, EvidenceItem};
use domain::digest::Digest;
use domain::id::FileId;
use storage::FileRecord;

/// A file as it came: nothing about it is believed.
#[derive(Clone)]
pub struct Upload {
    /// The name that the browser gave.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The bytes are somebody's; a log shows how many there are.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("name", &self.name)
            .field("size", &self.bytes.len())
            .finish()
    }
}

/// Where the bytes of evidence come from.
#[derive(Debug, Clone)]
pub enum EvidenceFile {
    /// They are here.
    Brought(Upload),
    /// They were brought earlier for this deal, with a form that was refused for another reason.
    Staged(FileId),
}

/// A file that was brought and that nothing refers to yet. It is kept for a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// Which one.
    pub id: FileId,
    /// Its name, made safe.
    pub name: String,
    /// Its type by content.
    pub mime: String,
    /// Its size in bytes.
    pub size: u64,
    /// The digest of its bytes as they came.
    pub sha256: Digest,
}

impl From<FileRecord> for Staged {
    fn from(record: FileRecord) -> Self {
        Self {
            id: record.id,
            name: record.name,
            mime: record.mime,
            size: record.size,
            sha256: record.sha256,
        }
    }
}

pub(super) fn step(
    file: FileId,
    sha256: Digest,
    item: Option<EvidenceItem>,
    note: String,
) -> Command {
    Command::AddEvidence {
        file,
        sha256,
        item,
        note,
    }
}
