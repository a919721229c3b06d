//! Files that people bring: evidence in deals, kept with their original bytes; pictures and documents
//! shown with requests and offers; pictures of people.

mod add_evidence;
mod attach;
mod evidence_file;
mod kind;
mod list_evidence;
mod name;
mod open_file;
mod show_picture;
mod subject;
mod sweep_files;
mod take_in;

pub use add_evidence::{AddEvidence, AddEvidenceError};
pub use attach::{AttachError, AttachedFile, ShownWith};
pub use evidence_file::{EvidenceFile, Staged, Upload};
pub use kind::FileKind;
pub use list_evidence::FiledEvidence;
pub use open_file::{OpenFileError, OpenedFile};
pub use storage::FilePurpose;
pub use take_in::TakeInError;

/// The most that one file may hold, in bytes.
pub const BYTES_MAX: usize = 10 * 1_024 * 1_024;
