//! `PATCH /marketplace/purchase-requests/{id}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::policy::Action;
use serde_json::Value;
use services::Services;
use services::requests::AmendRequest;

use super::super::refusals::not_changed;
use super::one::{find_own, told};
use super::read::Reading;
use super::shape::PurchaseRequest;
use super::written::RequestSent;
use crate::answer::Data;
use crate::body::{Body, merged};
use crate::caller::Caller;
use crate::edition::{IfMatch, Versioned, changed_since};
use crate::problem::Problem;
use crate::refusals::failed;

/// Change a request of one's own
///
/// What is sent takes the place of what was, `null` takes it out (RFC 7396). Once it is published,
/// offers on it bind only after their sellers have looked at a change in what they priced.
#[utoipa::path(
    patch,
    path = "/marketplace/purchase-requests/{id}",
    tag = "marketplace",
    extensions(("x-policy" = json!("request.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which request", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e"),
        IfMatch,
    ),
    request_body = RequestSent,
    responses(
        (status = 200, description = "The request as it is now", body = Data<PurchaseRequest>),
        (status = 404, description = "`NOT_FOUND`: the caller has no such request"),
        (status = 409, description = "`REQUEST_NOT_OPEN`, `DEAL_RUNNING`, `REQUEST_FINISHED`, `CONTENDED`"),
        (status = 412, description = "`STALE`: it changed since it was read"),
    )
)]
pub async fn patch(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IfMatch(seen): IfMatch,
    Body(patch): Body<Value>,
) -> Result<Versioned<PurchaseRequest>, Problem> {
    caller.may(Action::ManageOwnRequests)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let own = find_own(&services, &caller.actor, id).await?;
    let before = own.ok_or_else(Problem::not_found)?;
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(changed_since());
    }
    let draft = before.draft();
    let sent: RequestSent = merged(&RequestSent::of(&draft), patch)?;
    let catalogue = services.catalogue().await.map_err(failed)?;
    let parts = Reading::new(&catalogue, Some(&draft), services.now()).read(&sent)?;
    let command = AmendRequest {
        id,
        version: before.version,
        parts,
    };
    let amended = services.amend_request(&caller.actor, command).await;
    told(&services, &amended.map_err(not_changed)?).await
}
