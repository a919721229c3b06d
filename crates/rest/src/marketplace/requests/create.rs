//! `POST /marketplace/purchase-requests`: a whole request at once, as a draft.

use std::sync::Arc;

use axum::extract::State;
use domain::policy::Action;
use services::Services;
use services::requests::Once;

use super::super::refusals::{not_changed, not_written};
use super::one::told;
use super::read::Reading;
use super::shape::PurchaseRequest;
use super::written::RequestSent;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Caller;
use crate::edition::Versioned;
use crate::once::IdempotencyKey;
use crate::problem::Problem;
use crate::refusals::failed;

/// Write a request
///
/// It is a draft that nobody else sees until it is published.
#[utoipa::path(
    post,
    path = "/marketplace/purchase-requests",
    tag = "marketplace",
    extensions(("x-policy" = json!("request.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(IdempotencyKey),
    request_body = RequestSent,
    responses(
        (status = 200, description = "The draft", body = Data<PurchaseRequest>),
        (status = 409, description = "`IDEMPOTENCY_KEY_REUSED`, `TOO_MANY_DRAFTS`, `CONTENDED`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    IdempotencyKey(key): IdempotencyKey,
    Body(sent): Body<RequestSent>,
) -> Result<Versioned<PurchaseRequest>, Problem> {
    caller.may(Action::ManageOwnRequests)?;
    let catalogue = services.catalogue().await.map_err(failed)?;
    let parts = Reading::new(&catalogue, None, services.now()).read(&sent)?;
    let details = parts
        .complete()
        .map_err(|error| not_changed(error.into()))?;
    let once = Once::new(key, "POST purchase-requests", &sent);
    let written = services.draft_request(&caller.actor, details, &once).await;
    told(
        &services,
        &written.map_err(|error| not_written(&services, error))?,
    )
    .await
}
