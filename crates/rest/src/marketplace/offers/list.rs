//! `GET /marketplace/purchase-requests/{id}/offers`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::{OfferId, RequestId};
use domain::policy::Action;
use services::requests::SeenAs;
use services::{Actor, Services};

use super::super::refusals::{not_changed, not_shown};
use super::super::requests::find_own;
use super::shape::OfferTold;
use crate::answer::Data;
use crate::caller::Caller;
use crate::problem::Problem;

/// See the offers on a request
///
/// Its buyer sees all, live ones first, cheapest first; a seller their own, the live one first.
/// Bidders never see one another's.
#[utoipa::path(
    get,
    path = "/marketplace/purchase-requests/{id}/offers",
    tag = "marketplace",
    extensions(("x-policy" = json!("offer.read_own"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which request", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "The offers that the caller may know of", body = Data<Vec<OfferTold>>),
        (status = 404, description = "`NOT_FOUND`: no request that the caller may know of"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<Vec<OfferTold>>, Problem> {
    caller.may(Action::ReadOwnOffers)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let offers = match find_own(&services, &caller.actor, id).await? {
        Some(_) => compared(&services, &caller.actor, id).await?,
        None => own(&services, &caller.actor, id).await?,
    };
    Ok(Data::new(
        offers.into_iter().map(|(_, told)| told).collect(),
    ))
}

/// All offers on one's own request.
async fn compared(
    services: &Services,
    actor: &Actor,
    request: RequestId,
) -> Result<Vec<(OfferId, OfferTold)>, Problem> {
    let comparison = services.compare_offers(actor, request).await;
    let comparison = comparison.map_err(not_changed)?;
    let live = comparison.offers.iter();
    let live = live.map(|one| (one.offer.id, OfferTold::compared(request, one)));
    let ended = comparison.request.ended_offers.iter().rev();
    let ended = ended.map(|one| (one.id, OfferTold::ended(request, one)));
    Ok(live.chain(ended).collect())
}

/// A seller's own offers on somebody's request.
async fn own(
    services: &Services,
    actor: &Actor,
    request: RequestId,
) -> Result<Vec<(OfferId, OfferTold)>, Problem> {
    let view = services.view_request(actor, request).await;
    let SeenAs::Seller { offer, ended, .. } = view.map_err(not_shown)?.seen_as else {
        return Ok(Vec::new());
    };
    let live = offer.iter();
    let live = live.map(|own| (own.offer.id, OfferTold::own(request, own)));
    let ended = ended.iter();
    let ended = ended.map(|one| (one.id, OfferTold::ended(request, one)));
    Ok(live.chain(ended).collect())
}

/// One of the seller's own, as it stands.
pub async fn told_to_seller(
    services: &Services,
    actor: &Actor,
    request: RequestId,
    offer: OfferId,
) -> Result<OfferTold, Problem> {
    pick(own(services, actor, request).await?, offer)
}

/// One on the buyer's own request, as it stands.
pub async fn told_to_buyer(
    services: &Services,
    actor: &Actor,
    request: RequestId,
    offer: OfferId,
) -> Result<OfferTold, Problem> {
    pick(compared(services, actor, request).await?, offer)
}

fn pick(offers: Vec<(OfferId, OfferTold)>, offer: OfferId) -> Result<OfferTold, Problem> {
    let mut told = offers.into_iter();
    let found = told.find(|(id, _)| *id == offer);
    found.map(|(_, told)| told).ok_or_else(Problem::not_found)
}
