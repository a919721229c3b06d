//! `POST /payment/shkeeper/intents`, `GET /payment/intents/{id}`: an address to pay to.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::intent::IntentState;
use domain::policy::Action;
use serde::{Deserialize, Serialize};
use services::Services;
use services::payments::{PayView, QrDrawing, RequestAddressError};
use utoipa::ToSchema;

use crate::answer::Data;
use crate::body::Body;
use crate::caller::Caller;
use crate::deals::refused;
use crate::edition::Versioned;
use crate::moment::rfc3339;
use crate::money::Money;
use crate::once::IdempotencyKey;
use crate::problem::Problem;
use crate::refusals::Fields;

/// What is to be paid.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewIntent {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    deal_id: String,
}

/// An address, what is due there and what has arrived.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Intent {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = 2)]
    version: u64,
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    deal_id: String,
    /// `shkeeper`: by the payment gateway.
    #[schema(example = "shkeeper")]
    rail: &'static str,
    /// `requested`, `open`, or `closed`: nobody should pay to a closed one.
    #[schema(example = "open")]
    state: &'static str,
    /// Where to pay to; while it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9")]
    address: Option<String>,
    /// Four words by which two people, or a page and a letter, compare the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "amber canoe lemon velvet")]
    address_words: Option<String>,
    /// What must arrive in all.
    due: Money,
    /// What must still arrive.
    missing: Money,
    /// What is confirmed.
    confirmed: Money,
    /// What was seen and is not confirmed.
    unconfirmed: Money,
    /// Until when the price is held, or the rest is waited for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-11-28T11:30:00.000Z")]
    expires_at: Option<String>,
    /// What a wallet opens with all of it filled in (EIP-681), where the network has such links.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        example = "ethereum:0xc2132D05D31c914a87C6611C10748AEb04B58e8F@137/transfer?address=0x7F3a91Cd0B2e44A81f60C9D25eB788410aF3d2E9&uint256=60000000"
    )]
    wallet_link: Option<String>,
    /// The same link, or the address where there is none, as a QR code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 37 37\">…</svg>")]
    qr_svg: Option<String>,
}

impl Intent {
    fn answer(services: &Services, pay: &PayView) -> Versioned<Self> {
        Versioned::new(Self::of(services, pay), pay.intent.version)
    }

    fn of(services: &Services, pay: &PayView) -> Self {
        let intent = &pay.intent;
        let money = |units| Money::on_network(units, intent.asset);
        let is_open = intent.state == IntentState::Open;
        let address = intent.address.clone().filter(|_| is_open);
        let link = intent.wallet_link().filter(|_| is_open);
        let in_code = link.as_ref().or(address.as_ref());
        let words = address.as_ref().map(|address| {
            let words = services.address_words(intent.deal, address);
            words.join(" ")
        });
        Self {
            id: intent.id.to_string(),
            version: intent.version,
            deal_id: intent.deal.to_string(),
            rail: intent.rail.code(),
            state: match intent.state {
                IntentState::Requested => "requested",
                IntentState::Open => "open",
                IntentState::Closed { .. } => "closed",
            },
            qr_svg: in_code.and_then(|text| Some(QrDrawing::of(text)?.to_svg())),
            address,
            address_words: words,
            due: money(intent.due),
            missing: money(pay.missing),
            confirmed: money(intent.confirmed()),
            unconfirmed: money(intent.unconfirmed()),
            expires_at: pay.until.map(rfc3339),
            wallet_link: link,
        }
    }
}

/// Ask for an address to pay to
///
/// The buyer's; the same one however often it is asked for.
#[utoipa::path(
    post,
    path = "/payment/shkeeper/intents",
    tag = "payment",
    extensions(("x-policy" = json!("deal.pay"))),
    security(("bearer" = []), ("session" = [])),
    params(IdempotencyKey),
    request_body = NewIntent,
    responses(
        (status = 200, description = "Where to pay to", body = Data<Intent>),
        (status = 403, description = "`BUYER_ONLY`"),
        (status = 404, description = "`NOT_FOUND`: no such deal, or none of the caller's"),
        (status = 409, description = "`WRONG_STATE`: nothing is due any more"),
        (status = 503, description = "`GATEWAY_UNAVAILABLE`: the price stays held; try again"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    // One deal has one address: which key it comes under makes no difference.
    _: IdempotencyKey,
    Body(sent): Body<NewIntent>,
) -> Result<Versioned<Intent>, Problem> {
    caller.may(Action::PayDeal)?;
    let mut fields = Fields::default();
    let no_id = |_| ("INVALID_ID", "an id is a UUID that we gave".to_owned());
    let Some(deal) = fields.take("dealId", sent.deal_id.parse().map_err(no_id)) else {
        return Err(fields.problem());
    };
    match services.request_address(&caller.actor, deal).await {
        Ok(pay) => Ok(Intent::answer(&services, &pay)),
        Err(RequestAddressError::Deal(error)) => Err(refused(&services, error)),
        Err(RequestAddressError::Gateway(error)) => {
            tracing::warn!(%error, "no address can be issued");
            let detail = "no address can be issued right now; the price stays held";
            let status = StatusCode::SERVICE_UNAVAILABLE;
            let problem = Problem::new(status, "GATEWAY_UNAVAILABLE", detail);
            Err(problem.retry_after_seconds(30))
        }
    }
}

/// See an address to pay to
#[utoipa::path(
    get,
    path = "/payment/intents/{id}",
    tag = "payment",
    extensions(("x-policy" = json!("deal.pay"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which intent", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "Where to pay to, and what has arrived", body = Data<Intent>),
        (status = 404, description = "`NOT_FOUND`: no such intent, or none of the caller's"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Versioned<Intent>, Problem> {
    caller.may(Action::PayDeal)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let pay = services.view_intent(&caller.actor, id).await;
    let pay = pay.map_err(|error| refused(&services, error))?;
    Ok(Intent::answer(&services, &pay))
}
