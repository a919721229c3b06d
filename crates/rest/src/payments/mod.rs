//! `/payment`: addresses to pay to, what moved, payouts, and the books of the house.
//!
//! The gateway's own callbacks, `/payment/shkeeper/webhook` and `…/payout-webhook`, are taken by the
//! server itself: they are verified on their raw bytes.

mod configuration;
mod export;
mod intents;
mod ledger;
mod list;
mod one;
mod payout;
mod payouts;
mod review_payout;
mod shape;
mod solvency;
mod stats;
mod together;
mod whose;

use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(configuration::get))
        .routes(routes!(intents::post))
        .routes(routes!(intents::get))
        .routes(routes!(list::get))
        .routes(routes!(one::get))
        .routes(routes!(stats::get))
        .routes(routes!(export::get))
        .merge(of_admins())
}

/// What is for whoever looks after the money.
fn of_admins() -> Endpoints {
    Endpoints::new()
        .routes(routes!(payouts::get))
        .routes(routes!(together::get))
        .routes(routes!(review_payout::get))
        .routes(routes!(review_payout::approve))
        .routes(routes!(review_payout::reject))
        .routes(routes!(review_payout::retry))
        .routes(routes!(ledger::get))
        .routes(routes!(solvency::reconciliation))
        .routes(routes!(solvency::get))
}
