//! Pages that only the demonstration has.

pub(super) mod clock;
pub(super) mod components;
pub(super) mod deals;
pub(super) mod mail;
pub(super) mod requests;
pub(super) mod status;
