//! `POST /marketplace/deals/{id}/waiver` and `…/waiver/accept`: going on at what has arrived.

use domain::deal::{Command, Offer};
use serde::Deserialize;
use utoipa::ToSchema;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::body::Body;
use crate::edition::Versioned;
use crate::problem::Problem;
use crate::refusals::Fields;

/// The sum that would be the price.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Waiver {
    /// What has arrived, in base units; refused when another sum has.
    #[schema(example = "60500000")]
    arrived_units: String,
}

/// Which proposal is agreed to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WaiverAccept {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    proposal_id: String,
}

/// Propose to go on at what has arrived
///
/// Either side's, while less than the price has arrived.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/waiver",
    tag = "deals",
    extensions(("x-policy" = json!("deal.negotiate"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body = Waiver,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step, Body(sent): Body<Waiver>) -> Result<Versioned<DealRoom>, Problem> {
    let mut fields = Fields::default();
    let Some(arrived) = fields.units("arrivedUnits", &sent.arrived_units) else {
        return Err(fields.problem());
    };
    let offer = Offer::Waiver { arrived };
    step.take(Command::Propose { offer }).await
}

/// Agree to the lower price
///
/// The other side's: the deal is funded at once, at what has arrived.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/waiver/accept",
    tag = "deals",
    extensions(("x-policy" = json!("deal.negotiate"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body = WaiverAccept,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn accept(
    step: Step,
    Body(sent): Body<WaiverAccept>,
) -> Result<Versioned<DealRoom>, Problem> {
    let is_waiver = |offer| matches!(offer, Offer::Waiver { .. });
    step.agree(&sent.proposal_id, is_waiver).await
}
