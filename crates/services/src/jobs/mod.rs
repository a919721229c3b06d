//! What happens without anybody asking: the relay of events, deadlines, polling, payouts.
//!
//! Each job is one method that does what is due now and says how much that was. A node runs it
//! under a lease, so that no two run one; all of them may be killed anywhere and run again.

mod apply_deadlines;
mod away;
mod beat;
mod clean_up;
mod compare_balances;
mod counts;
mod follow_deals;
mod follow_up;
mod move_payouts;
mod pace;
mod pass_time;
mod poll_addresses;
mod relay_events;
mod run_job;
mod send_mail;
mod trying;
mod view_jobs;

pub(crate) use beat::GAP_MIN;
pub use counts::JobCount;
pub(crate) use counts::JobCounts;
pub(crate) use pace::Pace;
pub use run_job::{Job, JobReport};
pub use storage::Gap;
pub use view_jobs::JobsView;
