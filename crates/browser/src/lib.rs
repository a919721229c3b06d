//! What every HTTP door reads of a browser: its cookies, and whether our own pages sent a request;
//! and how a stored file is handed to one.
#![warn(missing_docs)]

pub mod cookies;
pub mod origin;
pub mod stored_file;
