//! `/auth/…`: signing up, in and out; a forgotten password.

pub(crate) mod refusals;
pub(crate) mod reset;
pub(crate) mod reset_code;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod sign_up;
pub(crate) mod verify;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use domain::Timestamp;

use crate::next_path::local_path;
use crate::page::Page;

/// Where somebody lands who was not on the way to anywhere.
const HOME: &str = "/dashboard";

/// The page that `next` in the query names, if it is one of this site.
fn next_in_query(page: &Page) -> String {
    let pairs: Vec<(String, String)> = page
        .uri
        .query()
        .and_then(|query| serde_html_form::from_str(query).ok())
        .unwrap_or_default();
    let next = pairs.into_iter().find(|(name, _)| name == "next");
    next.map(|(_, path)| path)
        .filter(|path| local_path(path).is_some())
        .unwrap_or_default()
}

/// Where to go after a way in.
fn destination(next: &str) -> &str {
    local_path(next).unwrap_or(HOME)
}

/// The address of another page of this area that keeps `next`.
fn with_next(page: &Page, path: &str, next: &str) -> String {
    let path = page.public(path);
    if next.is_empty() {
        path
    } else {
        format!("{path}?next={}", crate::next_path::query_value(next))
    }
}

/// Says when trying again makes sense.
fn retry_after(page: &Page, until: Timestamp, response: Response) -> Response {
    let wait_ms = until.since(page.web.services.now()).ms();
    let seconds = (wait_ms / 1_000).saturating_add(1).to_string();
    ([(header::RETRY_AFTER, seconds)], response).into_response()
}
