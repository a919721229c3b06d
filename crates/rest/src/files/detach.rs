//! `DELETE /marketplace/purchase-requests/{id}/attachments/{fileId}`, `DELETE
//! /marketplace/offers/{id}/attachments/{fileId}`: showing a file no more.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::OfferId;
use domain::policy::Action;
use services::Services;
use services::files::ShownWith;

use super::refusals::not_taken;
use crate::answer::{Data, Done};
use crate::caller::Caller;
use crate::marketplace::not_changed;
use crate::problem::Problem;

/// Show a file with a request no more
///
/// Repeated, it changes nothing.
#[utoipa::path(
    delete,
    path = "/marketplace/purchase-requests/{id}/attachments/{fileId}",
    tag = "files",
    extensions(("x-policy" = json!("request.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which request", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e"),
        ("fileId" = String, Path, description = "Which file", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d64"),
    ),
    responses(
        (status = 200, description = "It is shown no more", body = Data<Done>),
        (status = 404, description = "`NOT_FOUND`: the caller has no such request"),
        (status = 409, description = "What the request refuses, `CONTENDED`"),
    )
)]
pub async fn from_request(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path((id, file)): Path<(String, String)>,
) -> Result<Data<Done>, Problem> {
    caller.may(Action::ManageOwnRequests)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    detach(&services, &caller, ShownWith::Request(id), &file).await
}

/// Show a file with an offer no more
///
/// Repeated, it changes nothing.
#[utoipa::path(
    delete,
    path = "/marketplace/offers/{id}/attachments/{fileId}",
    tag = "files",
    extensions(("x-policy" = json!("offer.make"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which offer", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d60"),
        ("fileId" = String, Path, description = "Which file", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d64"),
    ),
    responses(
        (status = 200, description = "It is shown no more", body = Data<Done>),
        (status = 404, description = "`NOT_FOUND`: the caller has no such live offer"),
        (status = 409, description = "What the request refuses, `CONTENDED`"),
    )
)]
pub async fn from_offer(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path((id, file)): Path<(String, String)>,
) -> Result<Data<Done>, Problem> {
    caller.may(Action::MakeOffer)?;
    let offer: OfferId = id.parse().map_err(|_| Problem::not_found())?;
    let request = services.request_of_offer(&caller.actor, Action::MakeOffer, offer);
    let request = request.await.map_err(not_changed)?;
    let shown_with = ShownWith::Offer(request, offer);
    detach(&services, &caller, shown_with, &file).await
}

async fn detach(
    services: &Services,
    caller: &Caller,
    shown_with: ShownWith,
    file: &str,
) -> Result<Data<Done>, Problem> {
    let file = file.parse().map_err(|_| Problem::not_found())?;
    let detached = services.detach_file(&caller.actor, shown_with, file).await;
    detached.map_err(|error| not_taken("file", error))?;
    Ok(Data::DONE)
}
