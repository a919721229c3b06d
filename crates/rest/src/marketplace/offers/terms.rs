//! `GET /marketplace/purchase-requests/{id}/offers/{offerId}/terms`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::deal::{Goods, Periods, Terms};
use domain::policy::Action;
use domain::{Network, Span};
use serde::{Deserialize, Serialize};
use services::Services;
use services::offers::ShownTerms;
use utoipa::ToSchema;

use super::super::refusals::not_agreed;
use super::shape::hindrance_code;
use crate::answer::Data;
use crate::caller::Caller;
use crate::money::Money;
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::Fields;

/// How it is to be paid.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Way {
    /// One of the offer's networks.
    #[param(required = true, example = "bsc")]
    network: Option<String>,
}

/// What both would agree to.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TermsTold {
    /// Their fingerprint; accepting names it.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    terms_hash: String,
    /// The version of the offer that they are made of.
    #[schema(example = 1)]
    offer_version: u32,
    /// What keeps the offer from being accepted now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "outdated")]
    hindrance: Option<&'static str>,
    goods: GoodsTold,
    /// What the buyer pays into escrow.
    price: Money,
    /// The platform's part of it.
    fee: Money,
    /// What one payout costs.
    network_fee: Money,
    /// What the seller receives when the buyer accepts the goods.
    seller_receives: Money,
    periods: PeriodsTold,
    /// What the seller must show to deliver without a code.
    #[schema(example = json!(["photo_of_parcel", "carrier_receipt"]))]
    evidence: Vec<&'static str>,
    /// The buyer's part in basis points when nobody rules; none leaves it to the evidence.
    #[schema(example = 5000)]
    buyer_on_silence_bps: Option<u16>,
    /// Where the seller is paid.
    #[schema(example = "0x52908400098527886E0F7030069857D2E4169EE7")]
    seller_address: String,
}

/// What is bought.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct GoodsTold {
    #[schema(example = "Leica M6, black, with charger")]
    title: String,
    /// What the request asked for and the offer promised.
    #[schema(example = "Any brand, with a charger; serviced last year.")]
    description: String,
    #[schema(example = "physical_product")]
    product_type: &'static str,
    #[schema(example = 1)]
    quantity: u32,
}

/// How long each step may take, in hours.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[expect(
    clippy::struct_field_names,
    reason = "programs read the unit in each name"
)]
pub struct PeriodsTold {
    /// From the payment until it must have been shipped.
    #[schema(example = 168)]
    ship_by_hours: i64,
    /// From the payment until it must have been delivered.
    #[schema(example = 240)]
    delivery_hours: i64,
    /// The shortest time between shipping and a delivery without a code.
    #[schema(example = 48)]
    min_transit_hours: i64,
    /// How long the buyer looks at the goods.
    #[schema(example = 72)]
    inspection_hours: i64,
}

/// Read the terms of an offer
///
/// Exactly as accepting binds them, paid on one network.
#[utoipa::path(
    get,
    path = "/marketplace/purchase-requests/{id}/offers/{offerId}/terms",
    tag = "marketplace",
    extensions(("x-policy" = json!("offer.accept"))),
    security(("bearer" = []), ("session" = [])),
    params(
        ("id" = String, Path, description = "Which request", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e"),
        ("offerId" = String, Path, description = "Which offer", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d60"),
        Way,
    ),
    responses(
        (status = 200, description = "The terms", body = Data<TermsTold>),
        (status = 404, description = "`NOT_FOUND`: no such live offer on a request of the caller's"),
        (status = 409, description = "`SELLER_UNAVAILABLE`"),
        (status = 422, description = "`VALIDATION_FAILED`: not on this network"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path((id, offer)): Path<(String, String)>,
    Query(way): Query<Way>,
) -> Result<Data<TermsTold>, Problem> {
    caller.may(Action::AcceptOffer)?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let offer = offer.parse().map_err(|_| Problem::not_found())?;
    let network = network(way.network.as_deref())?;
    let shown = services.show_terms(&caller.actor, id, offer, network).await;
    Ok(Data::new(TermsTold::from(&shown.map_err(not_agreed)?)))
}

fn network(code: Option<&str>) -> Result<Network, Problem> {
    let mut fields = Fields::default();
    let words = Network::ALL.map(Network::code);
    let network = fields.choice("network", code.and_then(Network::from_code), &words);
    network.ok_or_else(|| fields.problem())
}

impl From<&ShownTerms> for TermsTold {
    fn from(shown: &ShownTerms) -> Self {
        let terms: &Terms = &shown.terms;
        let money = |units| Money::on_network(units, terms.asset);
        let evidence = terms.evidence_contract.iter();
        Self {
            terms_hash: shown.hash.to_string(),
            offer_version: shown.offer.version,
            hindrance: shown.hindrance.map(hindrance_code),
            goods: GoodsTold::from(&terms.goods),
            price: money(terms.price),
            fee: money(terms.fee_on(terms.price)),
            network_fee: money(terms.network_fee),
            seller_receives: money(terms.seller_receives(terms.price)),
            periods: PeriodsTold::from(terms.periods),
            evidence: evidence.map(|item| item.code()).collect(),
            buyer_on_silence_bps: terms.buyer_on_silence.map(domain::Bps::get),
            seller_address: terms.seller_address.as_str().to_owned(),
        }
    }
}

impl From<&Goods> for GoodsTold {
    fn from(goods: &Goods) -> Self {
        Self {
            title: goods.title.clone(),
            description: goods.description.clone(),
            product_type: goods.kind.code(),
            quantity: goods.quantity,
        }
    }
}

impl From<Periods> for PeriodsTold {
    fn from(periods: Periods) -> Self {
        let hours = |span: Span| span.ms() / Span::hours(1).ms();
        Self {
            ship_by_hours: hours(periods.ship_by),
            delivery_hours: hours(periods.delivery),
            min_transit_hours: hours(periods.min_transit),
            inspection_hours: hours(periods.inspection),
        }
    }
}
