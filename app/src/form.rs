//! Forms: what was sent, and what was wrong with it.

mod errors;
mod multipart;
mod submission;

pub use self::errors::Errors;
pub use self::multipart::{Brought, FILES_BYTES_MAX, MultipartForm, Part};
pub use self::submission::{BODY_BYTES_MAX, Submission};
