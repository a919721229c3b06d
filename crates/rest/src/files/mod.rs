//! `/files`: what people bring, and what they may open again.

mod avatar;
mod detach;
mod form;
mod open;
mod refusals;
#[cfg(test)]
mod tests;
mod upload;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    let one = Endpoints::new()
        .routes(routes!(upload::file))
        .routes(routes!(avatar::post))
        .layer(DefaultBodyLimit::max(form::ONE_BYTES_MAX));
    let several = Endpoints::new()
        .routes(routes!(upload::files))
        .layer(DefaultBodyLimit::max(form::BODY_BYTES_MAX));
    Endpoints::new()
        .merge(one)
        .merge(several)
        .routes(routes!(open::get))
        .routes(routes!(open::preview))
        .routes(routes!(detach::from_request))
        .routes(routes!(detach::from_offer))
        .routes(routes!(avatar::delete))
}
