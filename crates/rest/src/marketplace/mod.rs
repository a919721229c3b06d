//! `/marketplace`: what is wanted, what is offered, and the deals that follow.

mod categories;
mod category_tree;
mod shape;

use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(categories::list))
        .routes(routes!(category_tree::get))
        .routes(routes!(categories::get))
}
