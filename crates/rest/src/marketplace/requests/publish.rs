//! `POST /marketplace/purchase-requests/{id}/publish`.

use std::sync::Arc;

use axum::extract::{Path, State};
use services::Services;
use services::requests::Once;

use super::super::refusals::not_changed;
use super::one::told;
use super::shape::PurchaseRequest;
use crate::answer::Data;
use crate::caller::Caller;
use crate::edition::Versioned;
use crate::once::IdempotencyKey;
use crate::problem::Problem;

/// Publish a draft
///
/// Where the settings say so it is `pending` first, until staff have looked at it.
#[utoipa::path(
    post,
    path = "/marketplace/purchase-requests/{id}/publish",
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
        (status = 409, description = "`NOT_A_DRAFT`, `WHAT_MISSING`, `DELIVERY_MISSING`, `CONDITIONS_MISSING`, `IDEMPOTENCY_KEY_REUSED`, `CONTENDED`"),
        (status = 422, description = "`VALIDATION_FAILED`: what it says can not be published any more"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IdempotencyKey(key): IdempotencyKey,
) -> Result<Versioned<PurchaseRequest>, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let once = Once::new(key, "POST purchase-requests/publish", &id);
    let published = services.publish_request(&caller.actor, id, &once).await;
    told(&services, &published.map_err(not_changed)?).await
}
