//! `/admin/…`: what the people who run the place do.

pub(crate) mod sellers;
