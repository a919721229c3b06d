//! The house at a glance, for those who run it.

mod view_overview;

pub use view_overview::{DAYS, Flow, Overview, Queues};
