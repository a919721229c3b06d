//! Whether what is owed is there, and the switch that stops payouts when it is not.

mod last_comparison;
mod reconcile;
mod status;
mod switch_payouts;
mod view_solvency;

pub(crate) use status::CallbackRefusals;
pub use status::{PayoutsNow, RefusedCallbacks, Status};
pub use storage::{PayoutStop, ReconciledAsset, Reconciliation, StoppedBy};
pub use switch_payouts::SwitchPayoutsError;
pub use view_solvency::Solvency;
