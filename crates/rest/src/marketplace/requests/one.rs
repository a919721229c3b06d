//! `GET /marketplace/purchase-requests/{id}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::RequestId;
use domain::request::Request;
use services::requests::ChangeRequestError;
use services::{Actor, Services};

use super::super::refusals::{not_changed, not_shown};
use super::shape::PurchaseRequest;
use crate::answer::Data;
use crate::caller::Caller;
use crate::edition::Versioned;
use crate::problem::Problem;
use crate::refusals::failed;

/// See one request
///
/// One's own whatever became of it; others' while they take offers, and those that one has a part
/// in. Its `ETag` is its version.
#[utoipa::path(
    get,
    path = "/marketplace/purchase-requests/{id}",
    tag = "marketplace",
    extensions(("x-policy" = json!("public.read"))),
    security((), ("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which request", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "The request", body = Data<PurchaseRequest>),
        (status = 404, description = "`NOT_FOUND`: none that the caller may know of"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Versioned<PurchaseRequest>, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    if let Some(own) = find_own(&services, &caller.actor, id).await? {
        return told(&services, &own).await;
    }
    let view = services.view_request(&caller.actor, id).await;
    let view = view.map_err(not_shown)?;
    Ok(Versioned::new(PurchaseRequest::seen(&view), view.version))
}

/// The request, when it is the caller's own.
pub async fn find_own(
    services: &Services,
    actor: &Actor,
    id: RequestId,
) -> Result<Option<Request>, Problem> {
    if actor.user_id().is_none() {
        return Ok(None);
    }
    match services.read_own_request(actor, id).await {
        Ok(own) => Ok(Some(own)),
        Err(ChangeRequestError::NotFound) => Ok(None),
        Err(error) => Err(not_changed(error)),
    }
}

/// One's own request, as it stands.
pub async fn told(
    services: &Services,
    request: &Request,
) -> Result<Versioned<PurchaseRequest>, Problem> {
    let catalogue = services.catalogue().await.map_err(failed)?;
    let shown = PurchaseRequest::own(request, &catalogue, services.now());
    Ok(Versioned::new(shown, request.version))
}
