//! Payouts: approved, reserved, sent once, and asked about until the answer is clear.

mod ask_about_leg;
mod inspect_payout;
mod list_payout_desk;
mod payee_standing;
mod review_payout;
mod send_legs;

pub use inspect_payout::UnclearPayout;
pub(crate) use list_payout_desk::needs_a_person;
pub use list_payout_desk::{DeskPayout, PayoutDesk};
pub use review_payout::{AddressOrigin, Endorsement, LedgerLine, PayoutReview, ReviewPayoutError};
