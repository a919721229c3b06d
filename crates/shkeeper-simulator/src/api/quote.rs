//! `POST /api/v1/<crypto>/quote`: what an invoice would ask for.

use axum::body::Bytes;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Json, Response};
use domain::Units;
use serde_json::{Value, json};

use super::caller::Shop;
use super::{refused, text_field, unavailable};
use crate::coin::{self, FIAT_PLACES};

pub(super) async fn handler(_: Shop, Path(crypto): Path<String>, body: Bytes) -> Response {
    let Some(coin) = coin::find(&crypto) else {
        return unavailable(&crypto);
    };
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let (Some(fiat), Some(amount)) = (text_field(&body, "fiat"), text_field(&body, "amount"))
    else {
        return refused("'fiat' and 'amount' are required fields.");
    };
    let Some(rate) = coin.rate(&fiat) else {
        let message = format!("Exchange rate src config for {fiat}-{crypto} is not found");
        return refused(message);
    };
    let asked = Units::parse(&amount, FIAT_PLACES)
        .ok()
        .and_then(|sum| coin::asked_for(sum, rate));
    let Some(amount_crypto) = asked else {
        return refused("[<class 'decimal.ConversionSyntax'>]");
    };
    Json(json!({
        "status": "success",
        "fiat": fiat,
        "amount_fiat": amount,
        "crypto": coin.name,
        "amount_crypto": amount_crypto,
        "exchange_rate": coin::printed_rate(rate),
    }))
    .into_response()
}
