//! `GET /marketplace/deals/{id}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::DealId;
use domain::policy::Action;
use services::Services;

use super::refusals::refused;
use super::room::DealRoom;
use crate::answer::Data;
use crate::caller::Caller;
use crate::edition::Versioned;
use crate::problem::Problem;

/// See a deal
///
/// Money, payouts, deadlines, proposals, events, and what the caller can do now: for its sides,
/// whoever was drawn for its dispute, and admins. To read it changes nothing: a delivery without a
/// code is seen by `seen`.
#[utoipa::path(
    get,
    path = "/marketplace/deals/{id}",
    tag = "deals",
    extensions(("x-policy" = json!("deal.read"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "The deal", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "The deal; its version is the `ETag`", body = Data<DealRoom>),
        (status = 404, description = "`NOT_FOUND`: no such deal, or none of the caller's"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Versioned<DealRoom>, Problem> {
    caller.may(Action::ReadOwnDeals)?;
    let id: DealId = id.parse().map_err(|_| Problem::not_found())?;
    let view = services.view_deal(&caller.actor, id).await;
    let view = view.map_err(|error| refused(&services, error))?;
    Ok(DealRoom::answer(&view))
}
