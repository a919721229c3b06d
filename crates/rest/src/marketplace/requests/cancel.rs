//! `POST /marketplace/purchase-requests/{id}/cancel`, `DELETE /marketplace/purchase-requests/{id}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::CommandKey;
use services::Services;
use services::requests::Once;

use super::super::refusals::not_changed;
use super::one::told;
use super::shape::PurchaseRequest;
use crate::answer::{Data, Done};
use crate::caller::Caller;
use crate::edition::Versioned;
use crate::once::IdempotencyKey;
use crate::problem::Problem;

/// Call a request off
///
/// All offers on it end. What is in a deal ends with the deal.
#[utoipa::path(
    post,
    path = "/marketplace/purchase-requests/{id}/cancel",
    tag = "marketplace",
    extensions(("x-policy" = json!("request.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which request", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e"),
        IdempotencyKey,
    ),
    responses(
        (status = 200, description = "The request as it is now", body = Data<PurchaseRequest>),
        (status = 404, description = "`NOT_FOUND`: the caller has no such request"),
        (status = 409, description = "`REQUEST_NOT_OPEN`, `DEAL_RUNNING`, `REQUEST_FINISHED`, `IDEMPOTENCY_KEY_REUSED`, `CONTENDED`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IdempotencyKey(key): IdempotencyKey,
) -> Result<Versioned<PurchaseRequest>, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let once = Once::new(key, "POST purchase-requests/cancel", &id);
    let cancelled = services.cancel_request(&caller.actor, id, &once).await;
    told(&services, &cancelled.map_err(not_changed)?).await
}

/// Discard a draft, or call a request off
///
/// It stays in its buyer's list as `cancelled`. Repeated, it changes nothing.
#[utoipa::path(
    delete,
    path = "/marketplace/purchase-requests/{id}",
    tag = "marketplace",
    extensions(("x-policy" = json!("request.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which request", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "It is called off", body = Data<Done>),
        (status = 404, description = "`NOT_FOUND`: the caller has no such request"),
        (status = 409, description = "`REQUEST_NOT_OPEN`, `DEAL_RUNNING`, `REQUEST_FINISHED`, `CONTENDED`"),
    )
)]
pub async fn delete(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<Done>, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    // There is nothing else to delete: all copies of the call are one command.
    let key = CommandKey::new("DELETE").expect("a word is a key");
    let once = Once::new(key, "DELETE purchase-requests", &id);
    let cancelled = services.cancel_request(&caller.actor, id, &once).await;
    cancelled.map(|_| Data::DONE).map_err(not_changed)
}
