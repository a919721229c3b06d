//! `GET /disputes/{id}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::policy::Action;
use services::Services;

use super::case::Dispute;
use crate::answer::Data;
use crate::caller::Caller;
use crate::deals::refused;
use crate::edition::Versioned;
use crate::problem::Problem;

/// See a dispute
///
/// For both sides, whoever was drawn for it, and admins (without its evidence).
#[utoipa::path(
    get,
    path = "/disputes/{id}",
    tag = "disputes",
    extensions(("x-policy" = json!("deal.read"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "The dispute", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "The dispute", body = Data<Dispute>),
        (status = 404, description = "`NOT_FOUND`: no such dispute, or none of the caller's"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Versioned<Dispute>, Problem> {
    caller.may(Action::ReadOwnDeals)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let viewed = services.view_dispute(&caller.actor, id).await;
    let viewed = viewed.map_err(|error| refused(&services, error))?;
    Ok(Dispute::answer(viewed))
}
