//! `POST /marketplace/deals/{id}/delivery-code/verify`: the seller enters what the buyer said.

use domain::Timestamp;
use domain::deal::{DeliveryCode, Rejection};
use serde::Deserialize;
use services::deals::CodeAnswer;
use utoipa::ToSchema;

use super::refusals::{Refusals, rejected};
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::body::Body;
use crate::edition::Versioned;
use crate::problem::Problem;
use crate::refusals::wrong_code;

/// What the buyer said. Never printed: no `Debug`.
#[derive(Deserialize, ToSchema)]
pub struct Said {
    /// Six digits of any script; spaces and dashes do not matter.
    #[schema(example = "418 206")]
    code: String,
}

/// Enter the delivery code
///
/// The seller's. Five wrong tries lock it for 15 minutes, ten need a new code, twenty in a deal
/// leave proof or a dispute.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/delivery-code/verify",
    tag = "deals",
    extensions(("x-policy" = json!("deal.enter_code"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body = Said,
    responses(
        (status = 200, description = "Right: the delivery is proved", body = Data<DealRoom>),
        Refusals,
        (status = 422, description = "`WRONG_CODE`: says how many tries are left"),
        (status = 423, description = "`CODE_LOCKED`: try again after `Retry-After`"),
    )
)]
pub async fn post(step: Step, Body(said): Body<Said>) -> Result<Versioned<DealRoom>, Problem> {
    let no_code = || Problem::field("code", "INVALID_CODE", "a code has six digits");
    let typed = DeliveryCode::parse(&said.code).ok_or_else(no_code)?;
    let key = Some(step.key.clone());
    let entered = step.services.enter_code(&step.actor, step.deal, typed, key);
    match entered.await.map_err(|error| step.refused(error))? {
        CodeAnswer::Right(_) => step.room().await,
        CodeAnswer::Wrong {
            tries_left,
            locked_until,
        } => Err(wrong(&step, tries_left, locked_until)),
    }
}

fn wrong(step: &Step, left: u32, locked_until: Option<Timestamp>) -> Problem {
    match locked_until.filter(|until| step.services.now() < *until) {
        Some(until) => rejected(&step.services, Rejection::CodeLocked(until)),
        None => wrong_code(left),
    }
}
