//! What a shop calls, with SHKeeper's paths, fields and habits: most errors are a 200.

mod addresses;
mod balance;
mod caller;
mod crypto_list;
mod invoices;
mod payment_request;
mod payout;
mod payout_status;
mod quote;
mod task;
mod transactions;
mod wallet_address;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Json, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::simulator::Simulator;

/// The largest body that is read.
const BODY_MAX: usize = 64 * 1024;

pub(crate) fn router() -> Router<Simulator> {
    Router::new()
        .route("/api/v1/crypto", get(crypto_list::handler))
        .route("/api/v1/crypto/balances", get(balance::all))
        .route("/api/v1/invoices", get(invoices::all))
        .route("/api/v1/invoices/{external_id}", get(invoices::one))
        .route("/api/v1/transactions", get(transactions::all))
        .route(
            "/api/v1/transactions/{crypto}/{address}",
            get(transactions::of_address),
        )
        .route(
            "/api/v1/{crypto}/payment_request",
            post(payment_request::handler),
        )
        .route("/api/v1/{crypto}/quote", post(quote::handler))
        .route("/api/v1/{crypto}/addresses", get(addresses::handler))
        .route("/api/v1/{crypto}/balance", get(balance::one))
        .route(
            "/api/v1/{crypto}/fee-deposit-address",
            get(wallet_address::handler),
        )
        .route("/api/v1/{crypto}/payout", post(payout::handler))
        .route(
            "/api/v1/{crypto}/payout/status",
            get(payout_status::handler),
        )
        .route("/api/v1/{crypto}/task/{task}", get(task::handler))
        .layer(DefaultBodyLimit::max(BODY_MAX))
}

/// SHKeeper's usual error: a 200 that says so.
fn refused(message: impl Into<String>) -> Response {
    let message: String = message.into();
    Json(json!({"status": "error", "message": message})).into_response()
}

/// The error of a request handler that did not catch its exception.
fn failed(message: impl Into<String>) -> Response {
    let message: String = message.into();
    let body = Json(json!({"status": "error", "message": message}));
    (StatusCode::INTERNAL_SERVER_ERROR, body).into_response()
}

fn unavailable(crypto: &str) -> Response {
    refused(format!("{crypto} payment gateway is unavailable"))
}

/// A field as text, whether it came as a text or as a number.
fn text_field(body: &Value, name: &str) -> Option<String> {
    match body.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// An amount as a machine writes it; the grouping that people use is no decimal there.
fn decimal_field(body: &Value, name: &str) -> Result<String, String> {
    let text = text_field(body, name).ok_or_else(|| format!("'{name}'"))?;
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    if plain {
        Ok(text)
    } else {
        Err("[<class 'decimal.ConversionSyntax'>]".to_owned())
    }
}
