//! Who calls: a shop by its key, the admin by name and password, or nobody.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::refused;
use crate::simulator::Simulator;

const API_KEY: &str = "X-Shkeeper-Api-Key";

/// A shop that knows the wallet's key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shop;

impl FromRequestParts<Simulator> for Shop {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        simulator: &Simulator,
    ) -> Result<Self, Response> {
        if let Some(answer) = outage(simulator) {
            return Err(answer);
        }
        match parts.headers.get(API_KEY) {
            None => Err(refused("No API key")),
            Some(key) if key.as_bytes() == simulator.config().api_key.as_bytes() => Ok(Self),
            Some(_) => Err(refused("Bad API key")),
        }
    }
}

/// The admin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Admin;

impl FromRequestParts<Simulator> for Admin {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        simulator: &Simulator,
    ) -> Result<Self, Response> {
        if let Some(answer) = outage(simulator) {
            return Err(answer);
        }
        let Some((user, password)) = basic(&parts.headers) else {
            return Err(no_login(&parts.headers));
        };
        let config = simulator.config();
        if user == config.payout_user && password == config.payout_password {
            Ok(Self)
        } else {
            Err(refused("Bad HTTP Basic Auth credentials"))
        }
    }
}

/// Anybody.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anybody;

impl FromRequestParts<Simulator> for Anybody {
    type Rejection = Response;

    async fn from_request_parts(_: &mut Parts, simulator: &Simulator) -> Result<Self, Response> {
        match outage(simulator) {
            None => Ok(Self),
            Some(answer) => Err(answer),
        }
    }
}

/// What everybody hears while the shop's side is down.
fn outage(simulator: &Simulator) -> Option<Response> {
    let page = "<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>";
    let down = simulator.read(|state| state.down);
    down.then(|| (StatusCode::SERVICE_UNAVAILABLE, page).into_response())
}

fn no_login(headers: &HeaderMap) -> Response {
    if headers.contains_key(API_KEY) {
        refused("This endpoint doesn't accept X-Shkeeper-Api-Key auth")
    } else {
        (StatusCode::FOUND, [("Location", "/login")]).into_response()
    }
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = BASE64_STANDARD.decode(encoded.trim()).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}
