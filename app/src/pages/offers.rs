//! Offers: making and withdrawing one's own, comparing and accepting those on one's request.

pub(crate) mod accept;
pub(crate) mod compare;
pub(crate) mod counter;
pub(crate) mod files;
pub(crate) mod make;
pub(crate) mod mine;
pub(crate) mod offer_fields;
pub(crate) mod withdraw;
pub(crate) mod words;
