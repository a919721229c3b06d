//! Accounts as staff see them, and what admins decide about them.

mod decide;
mod list;
mod one;
mod shape;
#[cfg(test)]
mod tests;

use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(list::get))
        .routes(routes!(one::get))
        .routes(routes!(one::dependencies))
        .routes(routes!(decide::status))
        .routes(routes!(decide::role))
        .routes(routes!(decide::seller_status))
}
