//! `POST /marketplace/offers/{id}/withdraw`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::OfferId;
use domain::policy::Action;
use services::Services;
use services::requests::Once;

use super::super::refusals::not_changed;
use super::list::told_to_seller;
use super::shape::OfferTold;
use crate::answer::Data;
use crate::caller::Caller;
use crate::once::IdempotencyKey;
use crate::problem::Problem;

/// Take an offer of one's own back
#[utoipa::path(
    post,
    path = "/marketplace/offers/{id}/withdraw",
    tag = "marketplace",
    extensions(("x-policy" = json!("offer.withdraw"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which offer", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d60"),
        IdempotencyKey,
    ),
    responses(
        (status = 200, description = "The offer as it ended", body = Data<OfferTold>),
        (status = 404, description = "`NOT_FOUND`: the caller has no such live offer"),
        (status = 409, description = "`OFFER_ACCEPTED`, `IDEMPOTENCY_KEY_REUSED`, `CONTENDED`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IdempotencyKey(key): IdempotencyKey,
) -> Result<Data<OfferTold>, Problem> {
    caller.may(Action::WithdrawOffer)?;
    let id: OfferId = id.parse().map_err(|_| Problem::not_found())?;
    let request = services.request_of_offer(&caller.actor, Action::WithdrawOffer, id);
    let request = request.await.map_err(not_changed)?;
    let once = Once::new(key, "POST offers/withdraw", &id);
    let withdrawn = services.withdraw_offer(&caller.actor, request, id, &once);
    withdrawn.await.map_err(not_changed)?;
    let told = told_to_seller(&services, &caller.actor, request, id).await?;
    Ok(Data::new(told))
}
