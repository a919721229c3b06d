//! Somebody without an account who writes a request: a secret in a cookie says that it is theirs.

use axum::http::{HeaderMap, header};
use axum::response::Response;
use domain::id::CommandKey;
use services::Secret as GuestSecret;
use services::requests::Guest;

use crate::page::{Failure, Page};
use browser::cookies::Secret;

/// How long the browser keeps it; the draft is thrown away as soon.
const KEPT_S: i64 = 7 * 24 * 60 * 60;

/// The guest of the browser's cookie.
pub(crate) fn known_guest(page: &Page, headers: &HeaderMap) -> Option<Guest> {
    let text = Secret::Guest.find(headers, page.web.is_secure())?;
    text.parse().ok().map(|secret| guest(page, secret))
}

fn guest(page: &Page, secret: GuestSecret) -> Guest {
    Guest {
        secret,
        network: page.client.network(),
    }
}

/// The guest who writes: known by the cookie, or new. Nobody, when somebody is signed in.
pub(crate) fn writing_guest(page: &Page, headers: &HeaderMap) -> Option<Guest> {
    if page.viewer.is_some() {
        return None;
    }
    let new = || guest(page, GuestSecret::draw(page.services().random()));
    Some(known_guest(page, headers).unwrap_or_else(new))
}

/// Lets the browser keep the guest's secret.
pub(crate) fn remember(page: &Page, guest: &Guest, mut response: Response) -> Response {
    let cookie = Secret::Guest.set(&guest.secret.to_string(), KEPT_S, page.web.is_secure());
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

/// The key of a form, as commands carry it.
///
/// # Errors
/// [`Failure::Internal`]: a form's key was checked when the form was read.
pub(crate) fn command_key(key: &str) -> Result<CommandKey, Failure> {
    CommandKey::new(key).map_err(|error| Failure::internal(&error))
}
