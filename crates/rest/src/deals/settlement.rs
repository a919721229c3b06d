//! `POST /marketplace/deals/{id}/settlement` and `…/settlement/accept`: dividing what is held.

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

/// Who would get what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Split {
    /// The buyer's part of what is held, in base units; the rest less the fee is the seller's.
    #[schema(example = "70000000")]
    buyer_units: String,
}

/// Which proposal is agreed to, on which deal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SplitAccept {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    proposal_id: String,
    /// The version of the deal that was shown: a division is agreed to on that very deal.
    #[schema(example = 7)]
    deal_version: u64,
}

/// Propose a division
///
/// Either side's, from funding to a dispute.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/settlement",
    tag = "deals",
    extensions(("x-policy" = json!("deal.negotiate"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body = Split,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step, Body(sent): Body<Split>) -> Result<Versioned<DealRoom>, Problem> {
    let mut fields = Fields::default();
    let Some(buyer) = fields.units("buyerUnits", &sent.buyer_units) else {
        return Err(fields.problem());
    };
    let offer = Offer::Split { buyer };
    step.take(Command::Propose { offer }).await
}

/// Agree to a division
///
/// The other side's: the outcome is fixed at once, for good.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/settlement/accept",
    tag = "deals",
    extensions(("x-policy" = json!("deal.negotiate"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body = SplitAccept,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn accept(
    step: Step,
    Body(sent): Body<SplitAccept>,
) -> Result<Versioned<DealRoom>, Problem> {
    let is_split = |offer| matches!(offer, Offer::Split { .. });
    let step = Step {
        version: Some(sent.deal_version),
        ..step
    };
    step.agree(&sent.proposal_id, is_split).await
}
