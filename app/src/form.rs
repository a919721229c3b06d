//! Forms: what was sent, and what was wrong with it.

mod errors;
mod submission;

pub use self::errors::Errors;
pub use self::submission::{BODY_BYTES_MAX, Submission};
