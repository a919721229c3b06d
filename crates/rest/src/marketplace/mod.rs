//! `/marketplace`: what is wanted, what is offered, and the deals that follow.

mod cards;
mod categories;
mod category_tree;
mod offers;
mod refusals;
mod requests;
mod search;
mod sellers;
mod shape;

pub use cards::Seller;
pub use refusals::not_changed;

use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(categories::list))
        .routes(routes!(category_tree::get))
        .routes(routes!(categories::get))
        .routes(routes!(sellers::get))
        .routes(routes!(search::get))
        .merge(requests::endpoints())
        .merge(offers::endpoints())
}
