//! `/disputes`: what one side holds against the other, and how it is judged.

mod answer;
mod appeal;
mod assign;
mod case;
mod evidence;
mod list;
mod one;
mod open;
mod resolve;
mod review_ruling;
mod ruling;
mod stats;
mod status;
mod step;
mod withdraw;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::routes;

pub use status::status_of;

use crate::Endpoints;
use crate::deals::FORM_BYTES_MAX;

pub fn endpoints() -> Endpoints {
    let files = Endpoints::new()
        .routes(routes!(evidence::post))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX));
    Endpoints::new()
        .routes(routes!(list::get, open::post))
        .routes(routes!(stats::get))
        .routes(routes!(one::get))
        .routes(routes!(answer::post))
        .routes(routes!(withdraw::post))
        .routes(routes!(appeal::post))
        .routes(routes!(assign::post))
        .routes(routes!(resolve::post))
        .routes(routes!(review_ruling::approve))
        .routes(routes!(review_ruling::reject))
        .merge(files)
}
