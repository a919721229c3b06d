//! What a visitor chose to see, kept in cookies.

pub(super) mod language;
pub(super) mod theme;
