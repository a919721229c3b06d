//! Disputes: who has to judge what, and all that is there to judge by.

mod list_cases;
mod view_case;

pub use list_cases::{CaseDesk, DeskCase};
pub use view_case::CaseView;
