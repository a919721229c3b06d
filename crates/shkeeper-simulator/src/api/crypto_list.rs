//! `GET /api/v1/crypto`: what can be paid with.

use axum::response::Json;
use serde_json::{Value, json};

use super::caller::Anybody;
use crate::coin::COINS;

pub(super) async fn handler(_: Anybody) -> Json<Value> {
    let names = COINS.map(|coin| coin.name);
    let list = COINS.map(|coin| json!({"name": coin.name, "display_name": coin.display_name}));
    Json(json!({"status": "success", "crypto": names, "crypto_list": list}))
}
