//! Pages for everybody.

pub(super) mod contact;
pub(super) mod home;
pub(super) mod how_it_works;
pub(crate) mod prohibited;
pub(super) mod status;
pub(super) mod verify;
