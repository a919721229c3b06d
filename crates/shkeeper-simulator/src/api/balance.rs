//! `GET /api/v1/<crypto>/balance` and `GET /api/v1/crypto/balances`: what the wallet holds.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Json, Response};
use domain::Units;
use serde_json::{Value, json};

use super::caller::Shop;
use super::refused;
use crate::coin::{self, COINS, Coin, FIAT_PLACES, printed};
use crate::desk;
use crate::simulator::Simulator;

pub(super) async fn one(
    _: Shop,
    State(simulator): State<Simulator>,
    Path(crypto): Path<String>,
) -> Response {
    match coin::find(&crypto) {
        None => refused(format!("Crypto {crypto} is not enabled")),
        Some(coin) => {
            let held = simulator.read(|state| desk::balance(state, coin));
            let mut row = row(coin, held);
            // An empty wallet is a bare number here, and a text everywhere else.
            if held.is_zero()
                && let Some(amount) = row.get_mut("amount_crypto")
            {
                *amount = json!(0);
            }
            Json(row).into_response()
        }
    }
}

pub(super) async fn all(_: Shop, State(simulator): State<Simulator>) -> Json<Value> {
    let rows = simulator.read(|state| COINS.map(|coin| row(coin, desk::balance(state, coin))));
    Json(json!(rows))
}

fn row(coin: Coin, held: Units) -> Value {
    let rate = coin.rate("USD").unwrap_or(0);
    let worth = coin.worth(held, rate).unwrap_or(Units::ZERO);
    json!({
        "name": coin.name,
        "display_name": coin.display_name,
        "amount_crypto": coin.printed(held),
        "rate": coin::printed_rate(rate),
        "fiat": "USD",
        "amount_fiat": printed(worth, FIAT_PLACES),
        "server_status": "Synced",
    })
}
