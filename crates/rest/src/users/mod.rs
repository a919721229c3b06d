//! `/user`, `/users`: one's own account, and what others see of it.

mod admin;
mod payout_addresses;
mod preferences;
mod profile;
mod public_profile;
mod refusals;
mod seller_application;
#[cfg(test)]
mod tests;

pub use refusals::rejected;

use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(profile::get, profile::put))
        .routes(routes!(public_profile::get))
        .routes(routes!(preferences::get, preferences::patch))
        .merge(payout_addresses::endpoints())
        .routes(routes!(seller_application::post))
        .merge(admin::endpoints())
}
