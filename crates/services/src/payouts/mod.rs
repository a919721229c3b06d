//! Payouts: approved, reserved, sent once, and asked about until the answer is clear.

mod ask_about_leg;
mod claim_together;
mod inspect_payout;
mod joint_desk;
mod joint_notices;
mod list_payout_desk;
mod list_small_payouts;
mod move_joint;
mod payee_standing;
mod review_payout;
mod send_legs;
mod sending;
mod settle_joined;

pub use claim_together::ClaimTogether;
pub use inspect_payout::UnclearPayout;
pub use joint_desk::{JointReview, JointStep};
pub(crate) use list_payout_desk::needs_a_person;
pub use list_payout_desk::{DeskPayout, PayoutDesk};
pub use list_small_payouts::{OwnSmallPayouts, SmallPayouts};
pub use review_payout::{AddressOrigin, Endorsement, LedgerLine, PayoutReview, ReviewPayoutError};
pub(crate) use sending::tx_key;
pub use storage::JointPayoutSummary;
