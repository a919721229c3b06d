//! `POST /marketplace/purchase-requests/{id}/select-offer`: accept an offer, which opens a deal.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::digest::Digest;
use domain::id::{OfferId, RequestId};
use domain::policy::Action;
use domain::request::Rejection;
use domain::{Network, Token};
use serde::{Deserialize, Serialize};
use services::offers::AcceptOffer;
use services::requests::Once;
use services::{Actor, Services};
use utoipa::ToSchema;

use super::super::refusals::not_agreed;
use super::super::requests::find_own;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Caller;
use crate::once::IdempotencyKey;
use crate::problem::Problem;
use crate::refusals::Fields;

/// What the buyer read and says yes to.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferChoice {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d60")]
    offer_id: String,
    #[schema(example = 1)]
    offer_version: u32,
    /// The `termsHash` of its terms on this network.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    terms_hash: String,
    /// `bsc`, `polygon`, `tron` or `ethereum`.
    #[schema(example = "bsc")]
    network: String,
    /// `USDT` or `USDC`: the currency of the offer's price.
    #[schema(example = "USDT")]
    token: String,
}

/// The deal that was opened.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_field_names,
    reason = "programs read which id it is in each name"
)]
pub struct DealOpened {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d61")]
    deal_id: String,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    purchase_request_id: String,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d60")]
    offer_id: String,
}

/// Accept an offer
///
/// Exactly as its terms were read: if anything in them is different now, it is refused. Opens the
/// deal, which waits for the payment.
#[utoipa::path(
    post,
    path = "/marketplace/purchase-requests/{id}/select-offer",
    tag = "marketplace",
    extensions(("x-policy" = json!("offer.accept"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which request", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e"),
        IdempotencyKey,
    ),
    request_body = OfferChoice,
    responses(
        (status = 200, description = "The deal", body = Data<DealOpened>),
        (status = 404, description = "`NOT_FOUND`: no such live offer on a request of the caller's"),
        (status = 409, description = "`OFFER_CHANGED`, `OFFER_OUTDATED`, `OFFER_EXPIRED`, `TERMS_CHANGED`, `SELLER_UNAVAILABLE`, `DEAL_RUNNING`, `REQUEST_FINISHED`, `IDEMPOTENCY_KEY_REUSED`, `CONTENDED`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
    IdempotencyKey(key): IdempotencyKey,
    Body(sent): Body<OfferChoice>,
) -> Result<Data<DealOpened>, Problem> {
    caller.may(Action::AcceptOffer)?;
    let id: RequestId = id.parse().map_err(|_| Problem::not_found())?;
    let (command, token) = read(id, &sent)?;
    let offer = command.offer;
    check_token(&services, &caller.actor, id, offer, token).await?;
    let once = Once::new(key, "POST select-offer", &sent);
    let deal = services.accept_offer(&caller.actor, command, &once).await;
    Ok(Data::new(DealOpened {
        deal_id: deal.map_err(not_agreed)?.to_string(),
        purchase_request_id: id.to_string(),
        offer_id: offer.to_string(),
    }))
}

fn read(request: RequestId, sent: &OfferChoice) -> Result<(AcceptOffer, Token), Problem> {
    let mut fields = Fields::default();
    let offer = fields.id("offerId", &sent.offer_id);
    let hash: Result<Digest, _> = sent.terms_hash.parse();
    let wrong = |_| ("INVALID_HASH", "a `termsHash` that we gave".to_owned());
    let hash = fields.take("termsHash", hash.map_err(wrong));
    let words = Network::ALL.map(Network::code);
    let network = fields.choice("network", Network::from_code(&sent.network), &words);
    let words = Token::ALL.map(Token::code);
    let token = fields.choice("token", Token::from_code(&sent.token), &words);
    let whole = offer.zip(hash).zip(network).zip(token);
    let Some((((offer, terms_hash), network), token)) = whole else {
        return Err(fields.problem());
    };
    let command = AcceptOffer {
        request,
        offer,
        version: sent.offer_version,
        network,
        terms_hash,
    };
    Ok((command, token))
}

/// The offer's price says what it is paid with; whoever means another token read something else.
async fn check_token(
    services: &Services,
    actor: &Actor,
    request: RequestId,
    offer: OfferId,
    token: Token,
) -> Result<(), Problem> {
    let own = find_own(services, actor, request).await?;
    let own = own.ok_or_else(Problem::not_found)?;
    let offered = own.offer(offer).map(|offer| offer.proposal.price.token());
    if offered.is_none_or(|offered| offered == token) {
        return Ok(());
    }
    let why = Rejection::AssetNotOffered;
    Err(Problem::field("token", why.code(), why.to_string()))
}
