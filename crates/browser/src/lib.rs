//! What every HTTP door reads of a browser: its cookies, and whether our own pages sent a request.
#![warn(missing_docs)]

pub mod cookies;
pub mod origin;
