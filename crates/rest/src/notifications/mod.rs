//! `/notifications`: what the caller was told; always their own.

mod list;
mod mark_all_read;
mod one;
mod shape;
#[cfg(test)]
mod tests;

use utoipa_axum::routes;

use crate::Endpoints;

pub fn endpoints() -> Endpoints {
    Endpoints::new()
        .routes(routes!(list::get))
        .routes(routes!(list::count_unread))
        .routes(routes!(mark_all_read::patch))
        .routes(routes!(one::get, one::delete))
        .routes(routes!(one::mark_read))
}
