//! Offers: what sellers propose, and what buyers say to it.

mod counter;
mod list;
mod make;
mod mine;
mod revise;
mod select;
mod shape;
mod terms;
#[cfg(test)]
mod tests;
mod withdraw;
mod written;

use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(list::get, make::post))
        .routes(routes!(terms::get))
        .routes(routes!(select::post))
        .routes(routes!(mine::get))
        .routes(routes!(revise::patch))
        .routes(routes!(withdraw::post))
        .routes(routes!(counter::post))
}
