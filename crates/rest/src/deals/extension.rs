//! `POST /marketplace/deals/{id}/extension` and `…/extension/accept`: more time to deliver.

use domain::Span;
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

/// How much more time.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Extension {
    /// From one hour to 90 days.
    #[schema(example = 24)]
    hours: u32,
}

/// Which proposal is agreed to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ExtensionAccept {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    proposal_id: String,
}

/// Propose to ship and deliver later
///
/// Either side's, until the goods are delivered.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/extension",
    tag = "deals",
    extensions(("x-policy" = json!("deal.negotiate"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body = Extension,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step, Body(sent): Body<Extension>) -> Result<Versioned<DealRoom>, Problem> {
    let by = Span::hours(sent.hours);
    let offer = Offer::Extension { by };
    step.take(Command::Propose { offer }).await
}

/// Agree to more time
///
/// The other side's: moves both deadlines at once.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/extension/accept",
    tag = "deals",
    extensions(("x-policy" = json!("deal.negotiate"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body = ExtensionAccept,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn accept(
    step: Step,
    Body(sent): Body<ExtensionAccept>,
) -> Result<Versioned<DealRoom>, Problem> {
    let is_extension = |offer| matches!(offer, Offer::Extension { .. });
    step.agree(&sent.proposal_id, is_extension).await
}
