//! `POST /marketplace/purchase-requests/{id}/offers`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::policy::Action;
use services::Services;
use services::offers::MakeOffer;
use services::requests::Once;

use super::super::refusals::not_changed;
use super::list::told_to_seller;
use super::shape::OfferTold;
use super::written::OfferSent;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Caller;
use crate::once::IdempotencyKey;
use crate::problem::Problem;

/// Offer on a request
#[utoipa::path(
    post,
    path = "/marketplace/purchase-requests/{id}/offers",
    tag = "marketplace",
    extensions(("x-policy" = json!("offer.make"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which request", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e"),
        IdempotencyKey,
    ),
    request_body = OfferSent,
    responses(
        (status = 200, description = "The offer as it is now", body = Data<OfferTold>),
        (status = 403, description = "`OWN_REQUEST`, `NOT_INVITED`"),
        (status = 404, description = "`NOT_FOUND`: no request that the caller may know of"),
        (status = 409, description = "`REQUEST_NOT_OPEN`, `OFFERS_CLOSED`, `OFFER_EXISTS`, `NEW_SELLER_LIMIT`, `IDEMPOTENCY_KEY_REUSED`, `CONTENDED`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IdempotencyKey(key): IdempotencyKey,
    Body(sent): Body<OfferSent>,
) -> Result<Data<OfferTold>, Problem> {
    caller.may(Action::MakeOffer)?;
    let request = id.parse().map_err(|_| Problem::not_found())?;
    let proposal = sent.read(None)?;
    let once = Once::new(key, "POST offers", &sent);
    let command = MakeOffer { request, proposal };
    let made = services.make_offer(&caller.actor, command, &once).await;
    let made = made.map_err(not_changed)?;
    let told = told_to_seller(&services, &caller.actor, request, made).await?;
    Ok(Data::new(told))
}
