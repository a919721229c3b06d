//! `GET /marketplace/offers`: a seller's own offers.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use services::Services;
use services::offers::{OfferStanding, OfferSummary, Offered};
use utoipa::ToSchema;

use super::super::requests::RequestCard;
use super::shape::end_code;
use super::written::TimeSent;
use crate::caller::Caller;
use crate::moment::rfc3339;
use crate::money::Money;
use crate::paging::{Listing, Paging, PagingParams};
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::{Fields, failed};

/// Which of them.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// `true` for live ones alone.
    live: Option<String>,
}

/// A request with what one offered on it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferedOn {
    purchase_request: RequestCard,
    /// The live one first.
    offers: Vec<OfferCard>,
}

/// An offer in a list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfferCard {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d60")]
    id: String,
    #[schema(example = 2)]
    version: u32,
    /// `pending`, `accepted`, `rejected`, `withdrawn` or `expired`.
    #[schema(example = "pending")]
    status: &'static str,
    price: Money,
    delivery_time: TimeSent,
    /// Whether the request changed since: it binds only after it was confirmed.
    #[schema(example = false)]
    is_outdated: bool,
    /// Whether the buyer would rather have something else.
    #[schema(example = false)]
    is_countered: bool,
    #[schema(example = "2026-12-12T10:30:00.000Z")]
    valid_until: Option<String>,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
}

/// List one's own offers
///
/// Request by request, newest request first.
#[utoipa::path(
    get,
    path = "/marketplace/offers",
    tag = "marketplace",
    extensions(("x-policy" = json!("offer.read_own"))),
    security(("bearer" = []), ("session" = [])),
    params(Which, PagingParams),
    responses((status = 200, description = "A part of the list", body = Listing<OfferedOn>))
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(which): Query<Which>,
    paging: Paging,
) -> Result<Listing<OfferedOn>, Problem> {
    let mut fields = Fields::default();
    let only_live = fields.flag("live", which.live.as_deref());
    if !fields.are_right() {
        return Err(fields.problem());
    }
    let list = |page| services.list_own_offers(&caller.actor, only_live, page);
    let found = paging.read_list(list).await.map_err(failed)?;
    Ok(found.map(|offered| OfferedOn::from(&offered)))
}

impl From<&Offered> for OfferedOn {
    fn from(offered: &Offered) -> Self {
        Self {
            purchase_request: RequestCard::from(&offered.request),
            offers: offered.offers.iter().map(OfferCard::from).collect(),
        }
    }
}

impl From<&OfferSummary> for OfferCard {
    fn from(offer: &OfferSummary) -> Self {
        Self {
            id: offer.id.to_string(),
            version: offer.version,
            status: match offer.standing {
                OfferStanding::Pending => "pending",
                OfferStanding::Accepted => "accepted",
                OfferStanding::Ended { end, .. } => end_code(end),
            },
            price: Money::from(offer.price),
            delivery_time: TimeSent::from(offer.delivery),
            is_outdated: offer.is_outdated,
            is_countered: offer.is_countered,
            valid_until: offer.valid_until.map(rfc3339),
            created_at: rfc3339(offer.made_at),
        }
    }
}
