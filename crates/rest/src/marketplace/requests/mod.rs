//! `/marketplace/purchase-requests`: what buyers want.

mod amend;
mod cancel;
mod card;
mod create;
mod filters;
mod list;
mod one;
mod publish;
mod read;
mod shape;
#[cfg(test)]
mod tests;
mod written;

pub use card::RequestCard;
pub use one::find_own;

use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(list::get, create::post))
        .routes(routes!(one::get, amend::patch, cancel::delete))
        .routes(routes!(publish::post))
        .routes(routes!(cancel::post))
}
