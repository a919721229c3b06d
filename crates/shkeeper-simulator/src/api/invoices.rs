//! `GET /api/v1/invoices[/<external_id>]`: invoices with all that arrived for them, in any coin.

use axum::extract::{Path, State as Shared};
use axum::response::Json;
use serde_json::{Value, json};

use super::caller::Shop;
use super::transactions::{received_row, unconfirmed_row};
use crate::coin::{FIAT_PLACES, printed};
use crate::simulator::Simulator;
use crate::state::{Invoice, State};

pub(super) async fn all(_: Shop, Shared(simulator): Shared<Simulator>) -> Json<Value> {
    simulator.read(|state| listed(state, |_| true))
}

pub(super) async fn one(
    _: Shop,
    Shared(simulator): Shared<Simulator>,
    Path(external_id): Path<String>,
) -> Json<Value> {
    simulator.read(|state| listed(state, |invoice| invoice.external_id == external_id))
}

fn listed(state: &State, wanted: impl Fn(&Invoice) -> bool) -> Json<Value> {
    let invoices = state.invoices.iter().filter(|invoice| wanted(invoice));
    let invoices: Vec<Value> = invoices.map(|invoice| row(state, invoice)).collect();
    Json(json!({"status": "success", "invoices": invoices}))
}

fn row(state: &State, invoice: &Invoice) -> Value {
    let received = state.received.iter();
    let received = received
        .filter(|row| row.invoice == invoice.id)
        .map(|row| received_row(state, row));
    let unconfirmed = state.unconfirmed.iter();
    let unconfirmed = unconfirmed
        .filter(|row| row.invoice == invoice.id)
        .map(unconfirmed_row);
    json!({
        "txs": received.chain(unconfirmed).collect::<Vec<_>>(),
        "external_id": invoice.external_id,
        "balance_fiat": printed(invoice.balance_fiat, FIAT_PLACES),
        "fiat": invoice.fiat,
        "amount_fiat": printed(invoice.amount_fiat, FIAT_PLACES),
        "status": invoice.status.name(),
    })
}
