//! Forms: what was sent, and what was wrong with it.

mod errors;
mod field_labels;
mod kept;
mod multipart;
mod submission;

pub use self::errors::Errors;
pub use self::field_labels::FieldLabels;
pub use self::kept::{KEPT_BYTES_MAX, Kept};
pub use self::multipart::{Brought, FILES_BYTES_MAX, MultipartForm, Part};
pub use self::submission::{BODY_BYTES_MAX, Submission, is_urlencoded};
