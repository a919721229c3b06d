//! `POST /api/v1/<crypto>/payout`: asks the wallet to pay.

use std::io;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Json, Response};
use serde_json::{Value, json};

use super::caller::Admin;
use super::{decimal_field, failed, text_field};
use crate::books::payouts::{PayoutEnd, PayoutRequest};
use crate::coin;
use crate::simulator::Simulator;

pub(super) async fn handler(
    _: Admin,
    State(simulator): State<Simulator>,
    Path(crypto): Path<String>,
    body: Bytes,
) -> Response {
    let request = match read(&body) {
        Ok(request) => request,
        Err(message) => return failed(message),
    };
    let Some(coin) = coin::find(&crypto) else {
        return failed(format!("Unknown crypto: {crypto}"));
    };
    let external_id = request.external_id.clone();
    match simulator.change(|desk| desk.request_payout(coin, request)) {
        PayoutEnd::Accepted { task } => answer(&task, external_id),
        PayoutEnd::Exception(message) => failed(message),
        PayoutEnd::Cut => cut(),
    }
}

fn answer(task: &str, external_id: Option<String>) -> Response {
    let mut body = json!({"task_id": task});
    if let (Some(id), Some(fields)) = (external_id, body.as_object_mut()) {
        fields.insert("external_id".to_owned(), Value::String(id));
    }
    Json(body).into_response()
}

/// An answer that breaks off in the middle.
fn cut() -> Response {
    let broken = Err::<Bytes, _>(io::Error::from(io::ErrorKind::ConnectionReset));
    Response::new(Body::from_stream(futures::stream::iter([broken])))
}

fn read(body: &[u8]) -> Result<PayoutRequest, String> {
    let body: Value = serde_json::from_slice(body)
        .map_err(|_| "400 Bad Request: Failed to decode JSON object".to_owned())?;
    let field = |name: &str| text_field(&body, name).ok_or_else(|| format!("'{name}'"));
    let request = PayoutRequest {
        destination: field("destination")?,
        amount: decimal_field(&body, "amount")?,
        callback_url: text_field(&body, "callback_url"),
        external_id: text_field(&body, "external_id"),
    };
    // It must be there, and nobody looks at it.
    field("fee")?;
    Ok(request)
}
