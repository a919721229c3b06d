//! Addresses of the system before this one, as people have them in bookmarks and letters: each leads
//! to the page that took its place.

use axum::extract::{OriginalUri, RawPathParams};
use axum::http::Uri;
use axum::response::Redirect;
use axum::routing::{MethodRouter, get};

use super::Pages;
use crate::next_path::{local_path, query_value};

/// Where an old address leads. What stands between braces is carried over.
struct Moved {
    from: &'static str,
    to: &'static str,
    /// Whether it stays so: where the page that will take its place is not there yet, the nearest
    /// one is shown, and browsers are not told to remember that.
    for_good: bool,
}

const fn moved(from: &'static str, to: &'static str) -> Moved {
    let for_good = true;
    Moved { from, to, for_good }
}

const fn for_now(from: &'static str, to: &'static str) -> Moved {
    let for_good = false;
    Moved { from, to, for_good }
}

const MOVED: [Moved; 24] = [
    moved("/dashboard/overview", "/dashboard"),
    moved("/dashboard/account", "/account"),
    moved("/dashboard/request", "/requests/mine"),
    moved("/dashboard/request/new", "/requests/new/what"),
    moved("/dashboard/payment", "/payments"),
    moved("/dashboard/disputes", "/disputes"),
    moved("/dashboard/user", "/admin/users"),
    moved("/dashboard/buyer/requests/{id}", "/requests/{id}"),
    moved("/dashboard/seller/marketplace", "/feed"),
    moved(
        "/dashboard/seller/marketplace/request/{id}",
        "/requests/{id}",
    ),
    moved("/auth/jwt/sign-in", "/auth/sign-in"),
    moved("/auth/jwt/sign-up", "/auth/sign-up"),
    moved("/auth/jwt/verify", "/auth/verify"),
    moved("/auth/jwt/reset", "/auth/reset"),
    moved("/auth/jwt/update", "/auth/reset/code"),
    for_now("/dashboard/chat", "/deals"),
    for_now("/dashboard/request-template", "/requests/mine"),
    for_now("/dashboard/points", "/dashboard"),
    for_now("/dashboard/post", "/dashboard"),
    for_now("/dashboard/shop-settings", "/sell"),
    for_now("/dashboard/shops", "/requests"),
    for_now("/post/{slug}", "/how-it-works"),
    for_now("/shop/{seller}/{id}", "/requests"),
    for_now("/r/{code}", "/auth/sign-up?ref={code}"),
];

/// The routes of all old addresses.
pub(super) fn pages() -> Pages {
    MOVED.iter().fold(Pages::new(), |pages, moved| {
        pages.route(moved.from, to_the_new(moved))
    })
}

fn to_the_new(moved: &'static Moved) -> MethodRouter<std::sync::Arc<crate::web::Web>> {
    get(
        async move |params: RawPathParams, OriginalUri(old): OriginalUri| {
            let to = new_address(moved.to, &params, &old);
            if moved.for_good {
                Redirect::permanent(&to)
            } else {
                Redirect::temporary(&to)
            }
        },
    )
}

/// The address with what is carried over. It begins as it is written in the table, so that it never
/// leads away from here.
fn new_address(to: &str, params: &RawPathParams, old: &Uri) -> String {
    let filled = params.iter().fold(to.to_owned(), |to, (name, value)| {
        to.replace(&format!("{{{name}}}"), &query_value(value))
    });
    match next_of(old).filter(|_| matches!(to, "/auth/sign-in" | "/auth/sign-up")) {
        Some(next) => format!("{filled}?next={}", query_value(&next)),
        None => filled,
    }
}

/// Where the old sign-in was to lead afterwards: the only thing that its queries said.
fn next_of(old: &Uri) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(old.query()?).ok()?;
    let next = pairs.into_iter().find(|(name, _)| name == "returnTo");
    let (_, next) = next?;
    local_path(&next).map(ToOwned::to_owned)
}
