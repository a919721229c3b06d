//! `/payment`: addresses to pay to, what moved, payouts, and the books of the house.
//!
//! The gateway's own callbacks, `/payment/shkeeper/webhook` and `…/payout-webhook`, are taken by the
//! server itself: they are verified on their raw bytes.

mod configuration;
mod intents;

use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(configuration::get))
        .routes(routes!(intents::post))
        .routes(routes!(intents::get))
}
