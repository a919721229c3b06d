//! `GET /receipts/keys`: what receipts are checked by.

use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use services::Services;
use utoipa::ToSchema;
use utoipa_axum::routes;

use crate::Endpoints;
use crate::answer::Data;
use crate::caller::Caller;

pub fn endpoints() -> Endpoints {
    Endpoints::new().routes(routes!(get))
}

/// Ed25519 keys of 64 hexadecimal digits.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptKeys {
    /// What receipts are signed with now.
    #[schema(example = "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c")]
    present: String,
    /// What they were signed with before; such receipts hold as well.
    #[schema(example = json!([]))]
    former: Vec<String>,
}

/// Keys of receipts
///
/// Public: with them anybody checks a receipt offline.
#[utoipa::path(
    get,
    path = "/receipts/keys",
    tag = "receipts",
    extensions(("x-policy" = json!("receipt.verify"))),
    responses((status = 200, description = "The keys", body = Data<ReceiptKeys>))
)]
pub async fn get(State(services): State<Arc<Services>>, _: Caller) -> Data<ReceiptKeys> {
    let mut keys = services
        .receipt_keys()
        .into_iter()
        .map(|key| key.to_string());
    let present = keys.next().unwrap_or_default();
    let former = keys.collect();
    Data::new(ReceiptKeys { present, former })
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use serde_json::{Value, json};

    use crate::testing::Door;

    #[tokio::test]
    async fn everybody_reads_the_keys_of_receipts() {
        let door = Door::open();
        let answer = door.call("GET", "/receipts/keys", "", &Value::Null).await;
        assert_eq!(answer.status, StatusCode::OK);
        let keys: Vec<_> = door.services.receipt_keys();
        assert_eq!(
            answer.json,
            json!({ "success": true, "data": { "present": keys[0].to_string(), "former": [] } })
        );
    }
}
