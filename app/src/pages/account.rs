//! `/account/…`: one's own account.

pub(crate) mod blocked;
pub(crate) mod close;
pub(crate) mod data;
pub(crate) mod email;
pub(crate) mod overview;
pub(crate) mod preferences;
pub(crate) mod profile;
pub(crate) mod security;
pub(crate) mod sell;
pub(crate) mod sessions;
mod zones;
