//! Disputes: who has to judge what, and all that is there to judge by.

mod list_cases;
mod reassign_case;
mod view_case;

pub use list_cases::{CaseDesk, DeskCase};
pub use reassign_case::{ReassignCase, ReassignError};
pub use view_case::CaseView;
