//! `GET /api/v1/<crypto>/addresses`: every address of the wallet on that coin's chain.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Json, Response};
use serde_json::json;

use super::caller::Shop;
use super::refused;
use crate::coin;
use crate::desk;
use crate::simulator::Simulator;

pub(super) async fn handler(
    _: Shop,
    State(simulator): State<Simulator>,
    Path(crypto): Path<String>,
) -> Response {
    let Some(asked) = coin::find(&crypto) else {
        return refused(format!("'{crypto}'"));
    };
    let on_chain = |name: &str| coin::find(name).is_some_and(|own| own.chain == asked.chain);
    let mut addresses = simulator.read(|state| {
        let owned = state.invoices.iter().flat_map(|invoice| &invoice.addresses);
        let owned = owned.filter(|(name, _)| on_chain(name));
        owned
            .map(|(_, address)| address.clone())
            .collect::<Vec<_>>()
    });
    addresses.push(desk::wallet_address(simulator.config().seed, asked));
    Json(json!({"status": "success", "addresses": addresses})).into_response()
}
