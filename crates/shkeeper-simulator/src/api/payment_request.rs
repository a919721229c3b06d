//! `POST /api/v1/<crypto>/payment_request`: an address to pay to.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Json, Response};
use serde_json::{Value, json};

use super::caller::Shop;
use super::{decimal_field, refused, text_field, unavailable};
use crate::books::invoices::InvoiceRequest;
use crate::coin;
use crate::simulator::Simulator;

pub(super) async fn handler(
    _: Shop,
    State(simulator): State<Simulator>,
    Path(crypto): Path<String>,
    body: Bytes,
) -> Response {
    let Some(coin) = coin::find(&crypto) else {
        return unavailable(&crypto);
    };
    let request = match read(&body) {
        Ok(request) => request,
        Err(message) => return refused(message),
    };
    let invoice = match simulator.change(|desk| desk.request_invoice(coin, request)) {
        Ok(invoice) => invoice,
        Err(message) => return refused(message),
    };
    Json(json!({
        "status": "success",
        "id": invoice.id,
        "amount": invoice.amount_crypto,
        "exchange_rate": coin::printed_rate(invoice.rate),
        "wallet": invoice.address,
        "recalculate_after": 0,
        "display_name": coin.display_name,
    }))
    .into_response()
}

fn read(body: &[u8]) -> Result<InvoiceRequest, String> {
    let body: Value = serde_json::from_slice(body)
        .map_err(|_| "400 Bad Request: Failed to decode JSON object".to_owned())?;
    let field = |name: &str| text_field(&body, name).ok_or_else(|| format!("'{name}'"));
    Ok(InvoiceRequest {
        external_id: field("external_id")?,
        callback_url: field("callback_url")?,
        fiat: field("fiat")?,
        amount: decimal_field(&body, "amount")?,
    })
}
