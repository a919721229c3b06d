//! `/user/payout-addresses`: where one is paid.

mod add;
mod confirm;
mod list;
mod remove;
mod resend_code;
mod shape;

use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(list::get, add::post))
        .routes(routes!(remove::delete))
        .routes(routes!(confirm::post))
        .routes(routes!(resend_code::post))
}
