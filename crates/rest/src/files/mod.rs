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
    let uploads = Endpoints::new()
        .routes(routes!(upload::file))
        .routes(routes!(upload::files))
        .routes(routes!(avatar::post))
        .layer(DefaultBodyLimit::max(form::BODY_BYTES_MAX));
    Endpoints::new()
        .merge(uploads)
        .routes(routes!(open::get))
        .routes(routes!(open::preview))
        .routes(routes!(detach::from_request))
        .routes(routes!(detach::from_offer))
        .routes(routes!(avatar::delete))
}
