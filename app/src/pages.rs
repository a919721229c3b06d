//! All pages. Each is one file with its GET and, where it has a form, its POST.
//!
//! `docs/adding-a-page.md` shows how one is made.

mod dev;
mod preferences;
mod public;
pub(crate) mod status;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;

use crate::form::BODY_BYTES_MAX;
use crate::page::{self, Failure};
use crate::same_origin::same_origin;
use crate::web::Web;

type Pages = Router<Arc<Web>>;

/// Every page, with the layers that none can do without.
pub fn router(web: Arc<Web>) -> Router {
    let mut pages = Pages::new()
        .merge(public_pages())
        .nest("/en", public_pages())
        .nest("/fa", public_pages())
        .merge(personal_pages());
    if web.demo {
        pages = pages.merge(dev_pages());
    }
    pages
        .fallback(|| async { Failure::NotFound })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::custom(page::after_panic))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&web),
            same_origin,
        ))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&web),
            page::with_page,
        ))
        .with_state(web)
}

/// Pages for everybody: they also stand under `/en` and `/fa`. Link to them by [`page::Page::public`].
fn public_pages() -> Pages {
    Pages::new()
        .route("/", get(public::home::get))
        .route("/how-it-works", get(public::how_it_works::get))
}

/// Pages of the person who is signed in, in the language of their choice.
fn personal_pages() -> Pages {
    Pages::new()
        .route("/preferences/language", post(preferences::language::post))
        .route("/preferences/theme", post(preferences::theme::post))
}

/// Pages of the demonstration alone.
fn dev_pages() -> Pages {
    Pages::new().route(
        "/dev/components",
        get(dev::components::get).post(dev::components::post),
    )
}
