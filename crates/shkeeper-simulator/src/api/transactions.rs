//! `GET /api/v1/transactions[/<crypto>/<addr>]`: what arrived, and what the wallet sent.

use axum::extract::{Path, State as Shared};
use axum::response::Json;
use serde_json::{Value, json};

use super::caller::Shop;
use crate::coin;
use crate::simulator::Simulator;
use crate::state::{ReceivedRow, SentRow, State, UnconfirmedRow};

pub(super) async fn all(_: Shop, Shared(simulator): Shared<Simulator>) -> Json<Value> {
    simulator.read(|state| {
        let received = state.received.iter().map(|row| received_row(state, row));
        let sent = state.sent.iter().map(sent_row);
        let unconfirmed = state.unconfirmed.iter().map(unconfirmed_row);
        listed(received.chain(sent).chain(unconfirmed).collect())
    })
}

pub(super) async fn of_address(
    _: Shop,
    Shared(simulator): Shared<Simulator>,
    Path((crypto, address)): Path<(String, String)>,
) -> Json<Value> {
    simulator.read(|state| {
        let of_invoice = |row: &ReceivedRow| {
            let invoice = state.invoice(row.invoice);
            invoice.is_some_and(|invoice| invoice.owns(&address))
        };
        let received = state
            .received
            .iter()
            .filter(|row| row.crypto == crypto && of_invoice(row))
            .map(|row| received_row(state, row));
        let sent = state
            .sent
            .iter()
            .filter(|row| row.crypto == crypto && row.filed_under == address)
            .map(sent_row);
        let unconfirmed = state
            .unconfirmed
            .iter()
            .filter(|row| row.crypto == crypto && row.address == address)
            .map(unconfirmed_row);
        listed(received.chain(sent).chain(unconfirmed).collect())
    })
}

fn listed(rows: Vec<Value>) -> Json<Value> {
    Json(json!({"status": "success", "transactions": rows}))
}

/// A transfer in a block. SHKeeper calls it confirmed at any depth.
pub(super) fn received_row(state: &State, row: &ReceivedRow) -> Value {
    let address = state
        .invoice(row.invoice)
        .map(|invoice| invoice.address_for(&row.crypto));
    json!({
        "amount": printed(&row.crypto, row.amount),
        "crypto": row.crypto,
        "addr": address,
        "txid": row.txid,
        "status": "CONFIRMED",
    })
}

pub(super) fn unconfirmed_row(row: &UnconfirmedRow) -> Value {
    json!({
        "amount": printed(&row.crypto, row.amount),
        "crypto": row.crypto,
        "addr": row.address,
        "txid": row.txid,
        "status": "UNCONFIRMED",
    })
}

fn sent_row(row: &SentRow) -> Value {
    json!({
        "amount": printed(&row.crypto, row.amount),
        "crypto": row.crypto,
        "addr": row.filed_under,
        "txid": row.txid,
        "status": "CONFIRMED",
    })
}

fn printed(crypto: &str, amount: domain::Units) -> String {
    coin::find(crypto)
        .map(|coin| coin.printed(amount))
        .unwrap_or_default()
}
