//! `POST /marketplace/offers/{id}/counter`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::OfferId;
use domain::policy::Action;
use domain::text::Block;
use serde::{Deserialize, Serialize};
use services::Services;
use services::offers::CounterOffer;
use services::requests::Once;
use utoipa::ToSchema;

use super::super::refusals::not_changed;
use super::list::told_to_buyer;
use super::shape::OfferTold;
use super::written::{PriceSent, TimeSent};
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Caller;
use crate::once::IdempotencyKey;
use crate::problem::Problem;
use crate::refusals::Fields;

/// What a buyer would rather have.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CounterSent {
    /// The version of the offer that was read.
    #[schema(example = 1)]
    offer_version: u32,
    price: PriceSent,
    delivery_time: Option<TimeSent>,
    /// Why, up to 500 characters.
    #[schema(example = "I need it a little sooner.")]
    note: Option<String>,
}

/// Answer an offer with a wish
///
/// It binds nobody: the seller may revise the offer, or not.
#[utoipa::path(
    post,
    path = "/marketplace/offers/{id}/counter",
    tag = "marketplace",
    extensions(("x-policy" = json!("offer.accept"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which offer", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d60"),
        IdempotencyKey,
    ),
    request_body = CounterSent,
    responses(
        (status = 200, description = "The offer with the wish", body = Data<OfferTold>),
        (status = 404, description = "`NOT_FOUND`: no such live offer on a request of the caller's"),
        (status = 409, description = "`OFFER_CHANGED`, `OFFER_ACCEPTED`, `IDEMPOTENCY_KEY_REUSED`, `CONTENDED`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IdempotencyKey(key): IdempotencyKey,
    Body(sent): Body<CounterSent>,
) -> Result<Data<OfferTold>, Problem> {
    caller.may(Action::AcceptOffer)?;
    let offer: OfferId = id.parse().map_err(|_| Problem::not_found())?;
    let request = services.request_of_offer(&caller.actor, Action::AcceptOffer, offer);
    let request = request.await.map_err(not_changed)?;
    let mut fields = Fields::default();
    let price = sent.price.read(&mut fields);
    let delivery = sent.delivery_time.as_ref();
    let delivery = delivery.and_then(|time| time.read(&mut fields));
    let note = Block::optional(sent.note.as_deref().unwrap_or_default());
    let note = fields.text("note", note).flatten();
    let Some(price) = price.filter(|_| fields.are_right()) else {
        return Err(fields.problem());
    };
    let command = CounterOffer {
        request,
        offer,
        version: sent.offer_version,
        price,
        delivery,
        note,
    };
    let once = Once::new(key, "POST offers/counter", &(id, &sent));
    let countered = services.counter_offer(&caller.actor, command, &once).await;
    countered.map_err(not_changed)?;
    let told = told_to_buyer(&services, &caller.actor, request, offer).await?;
    Ok(Data::new(told))
}
