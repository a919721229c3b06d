//! The first page of somebody who is signed in: what needs them, what they wait for.

mod view_dashboard;

pub use view_dashboard::{Dashboard, DeskCounts, HeldMoney, OwnDeal, Part};
