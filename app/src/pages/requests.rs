//! Requests: finding and reading them, writing and changing one's own.

pub(crate) mod browse;
pub(crate) mod cancel;
pub(crate) mod card;
pub(crate) mod edit;
pub(crate) mod evidence;
pub(crate) mod feed;
pub(crate) mod fields;
pub(crate) mod files;
pub(crate) mod guest;
pub(crate) mod invite;
pub(crate) mod mine;
pub(crate) mod refusals;
pub(crate) mod request_path;
pub(crate) mod view;
pub(crate) mod wizard;
pub(crate) mod words;
