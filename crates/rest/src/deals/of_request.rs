//! `/marketplace/purchase-requests/{id}/…`: the steps of a deal by its request, as older clients
//! call them. They are sent on to the deal's own address, with method and body as they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use domain::policy::Action;
use services::Services;

use super::refusals::refused;
use crate::Endpoints;
use crate::caller::Caller;
use crate::problem::Problem;

/// What stands behind a deal, and so behind its request, too.
const STEPS: [&str; 27] = [
    "cancel-deal",
    "concede",
    "confirm-delivery",
    "decline",
    "deliver-without-code",
    "delivery",
    "delivery-code",
    "delivery-code/generate",
    "delivery-code/verify",
    "evidence",
    "extension",
    "extension/accept",
    "hold",
    "hold/lift",
    "legs/{leg}/address",
    "legs/{leg}/claim",
    "outcomes",
    "refund-address",
    "refund-late",
    "reopen",
    "request-changes",
    "settlement",
    "settlement/accept",
    "surplus",
    "waiver",
    "waiver/accept",
    "withdraw-payment",
];

pub fn routes() -> Endpoints {
    STEPS.iter().fold(Endpoints::new(), |all, step| {
        let path = format!("/marketplace/purchase-requests/{{id}}/{step}");
        all.route(&path, any(go_on))
    })
}

/// Where the step of a request's deal is taken. Only for now: a request can come to another deal.
async fn go_on(
    State(services): State<Arc<Services>>,
    caller: Caller,
    method: Method,
    Path(path): Path<BTreeMap<String, String>>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Problem> {
    caller.may(Action::ReadOwnDeals)?;
    let request = path.get("id").map(String::as_str).unwrap_or_default();
    let id = request.parse().map_err(|_| Problem::not_found())?;
    let deal = services.deal_of_request(&caller.actor, id).await;
    let (deal, is_one_of_several) = deal.map_err(|error| refused(&services, error))?;
    if is_one_of_several && !method.is_safe() {
        // A repeat of a step in an earlier deal would be taken in this one.
        let detail = "this request led to several deals; name the one you mean, under \
                      /marketplace/deals";
        return Err(Problem::new(StatusCode::CONFLICT, "SEVERAL_DEALS", detail));
    }
    let (_, step) = uri
        .path()
        .split_once(request)
        .ok_or_else(Problem::not_found)?;
    let query = uri.query().map(|query| format!("?{query}"));
    let query = query.unwrap_or_default();
    let to = format!("/api/marketplace/deals/{deal}{step}{query}");
    let to = HeaderValue::from_str(&to).map_err(|_| Problem::not_found())?;
    Ok((StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response())
}
