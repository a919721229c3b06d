//! Disputes: who has to judge what, and all that is there to judge by.

mod act_on_dispute;
mod count_cases;
mod list_cases;
mod reassign_case;
mod view_case;

pub use act_on_dispute::ActOnDispute;
pub use count_cases::CaseCounts;
pub use list_cases::{CaseDesk, DeskCase};
pub use reassign_case::{ReassignCase, ReassignError};
pub use storage::DisputeSummary;
pub use view_case::CaseView;
