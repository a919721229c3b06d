//! `/payments`: what moved for the person, in and out of escrow.

pub(crate) mod list;
pub(crate) mod one;
pub(super) mod words;
