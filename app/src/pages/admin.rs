//! `/admin/…`: what the people who run the place do.

pub(crate) mod audit;
pub(crate) mod categories;
pub(crate) mod category;
pub(crate) mod deal_file;
pub(crate) mod deals;
pub(crate) mod hold;
pub(crate) mod jobs;
pub(crate) mod ledger;
pub(crate) mod lift;
pub(crate) mod looked_at;
pub(crate) mod loss;
pub(crate) mod moderation;
mod open;
pub(crate) mod overview;
pub(crate) mod payout;
mod payout_parts;
pub(crate) mod payouts;
pub(crate) mod payouts_together;
pub(crate) mod resend;
pub(crate) mod roles;
pub(crate) mod sellers;
pub(crate) mod solvency;
pub(crate) mod user;
mod user_words;
pub(crate) mod users;
pub(crate) mod work;
