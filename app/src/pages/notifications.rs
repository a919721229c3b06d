//! `/notifications`: what one was told.

pub(crate) mod list;
pub(crate) mod open;
