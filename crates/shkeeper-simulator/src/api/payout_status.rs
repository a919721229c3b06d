//! `GET /api/v1/<crypto>/payout/status?external_id=`: what the books say of a payout.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use super::caller::Shop;
use crate::books::messages::ten_places;
use crate::coin;
use crate::simulator::Simulator;

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    external_id: Option<String>,
}

pub(super) async fn handler(
    _: Shop,
    State(simulator): State<Simulator>,
    Path(crypto): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some(external_id) = asked.external_id.filter(|id| !id.is_empty()) else {
        let body = Json(json!({"error": "external_id is required"}));
        return (StatusCode::BAD_REQUEST, body).into_response();
    };
    let found = simulator.read(|state| {
        let mut payouts = state.payouts.iter();
        payouts
            .find(|payout| {
                payout.crypto == crypto && payout.external_id.as_ref() == Some(&external_id)
            })
            .cloned()
    });
    let Some((payout, coin)) = found.zip(coin::find(&crypto)) else {
        let body = Json(json!({"error": "Payout not found"}));
        return (StatusCode::NOT_FOUND, body).into_response();
    };
    Json(json!({
        "id": payout.id,
        "external_id": payout.external_id,
        "crypto": payout.crypto,
        "status": payout.status.name(),
        "amount": ten_places(&coin.printed(payout.amount)),
        "destination": payout.destination,
        "txid": payout.txid,
    }))
    .into_response()
}
