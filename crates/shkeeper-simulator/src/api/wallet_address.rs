//! `GET /api/v1/<crypto>/fee-deposit-address`: the address that the wallet pays from.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::caller::Shop;
use crate::coin;
use crate::desk;
use crate::simulator::Simulator;

pub(super) async fn handler(
    _: Shop,
    State(simulator): State<Simulator>,
    Path(crypto): Path<String>,
) -> Response {
    match coin::find(&crypto) {
        None => {
            let message = format!("Crypto {crypto} is not enabled");
            let body = Json(json!({"status": "error", "message": message}));
            (StatusCode::BAD_REQUEST, body).into_response()
        }
        Some(coin) => Json(json!({
            "status": "success",
            "crypto": coin.name,
            "fee_deposit_address": desk::wallet_address(simulator.config().seed, coin),
        }))
        .into_response(),
    }
}
