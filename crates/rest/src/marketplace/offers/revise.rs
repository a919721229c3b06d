//! `PATCH /marketplace/offers/{id}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::digest::Digest;
use domain::id::{CommandKey, OfferId, RequestId};
use domain::policy::Action;
use domain::request::{Offer, Rejection};
use serde_json::Value;
use services::offers::ReviseOffer;
use services::requests::{ChangeRequestError, Once, SeenAs};
use services::{Actor, Services};

use super::super::refusals::{not_changed, not_shown};
use super::list::told_to_seller;
use super::shape::OfferTold;
use super::written::OfferSent;
use crate::answer::Data;
use crate::body::{Body, merged};
use crate::caller::Caller;
use crate::edition::{IfMatch, changed_since};
use crate::problem::Problem;

/// Revise an offer of one's own
///
/// Raises its version, so that nobody accepts what it was before. What is sent takes the place of
/// what was, `null` takes it out (RFC 7396). Sent with nothing changed it confirms an offer whose
/// request changed. `If-Match` names its `version`.
#[utoipa::path(
    patch,
    path = "/marketplace/offers/{id}",
    tag = "marketplace",
    extensions(("x-policy" = json!("offer.make"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which offer", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d60"),
        IfMatch,
    ),
    request_body = OfferSent,
    responses(
        (status = 200, description = "The offer as it is now", body = Data<OfferTold>),
        (status = 404, description = "`NOT_FOUND`: the caller has no such live offer"),
        (status = 409, description = "`OFFER_ACCEPTED`, `TOO_MANY_REVISIONS`, `REQUEST_NOT_OPEN`, `CONTENDED`"),
        (status = 412, description = "`STALE`: it changed since it was read"),
    )
)]
pub async fn patch(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IfMatch(seen): IfMatch,
    Body(patch): Body<Value>,
) -> Result<Data<OfferTold>, Problem> {
    caller.may(Action::MakeOffer)?;
    let id: OfferId = id.parse().map_err(|_| Problem::not_found())?;
    let request = services.request_of_offer(&caller.actor, Action::MakeOffer, id);
    let request = request.await.map_err(not_changed)?;
    let before = live(&services, &caller.actor, request, id).await?;
    if seen.is_some_and(|seen| seen != u64::from(before.version)) {
        return Err(changed_since());
    }
    let sent: OfferSent = merged(&OfferSent::of(&before), patch)?;
    let command = ReviseOffer {
        request,
        offer: id,
        version: before.version,
        proposal: sent.read(Some(&before))?,
    };
    let once = Once::new(key(&before, &sent), "PATCH offers", &sent);
    let revised = services.revise_offer(&caller.actor, command, &once).await;
    match revised {
        Ok(_) | Err(ChangeRequestError::Rejected(Rejection::NothingChanged)) => {}
        Err(ChangeRequestError::Rejected(Rejection::OfferChanged)) => return Err(changed_since()),
        Err(error) => return Err(not_changed(error)),
    }
    let told = told_to_seller(&services, &caller.actor, request, id).await?;
    Ok(Data::new(told))
}

/// The caller's own live offer.
async fn live(
    services: &Services,
    actor: &Actor,
    request: RequestId,
    offer: OfferId,
) -> Result<Offer, Problem> {
    let view = services.view_request(actor, request).await;
    let own = match view.map_err(not_shown)?.seen_as {
        SeenAs::Seller { offer, .. } => offer,
        SeenAs::Visitor | SeenAs::Buyer { .. } | SeenAs::Other => None,
    };
    let own = own.filter(|own| own.offer.id == offer);
    own.map(|own| own.offer).ok_or_else(Problem::not_found)
}

/// The same change of the same version is one command, however often it is sent.
fn key(before: &Offer, sent: &OfferSent) -> CommandKey {
    let digest = Digest::of_value(&(before.id, before.version, before.edition, sent));
    CommandKey::new(format!("PATCH:{digest}")).expect("a word and a digest are a key")
}
