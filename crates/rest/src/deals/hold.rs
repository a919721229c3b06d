//! `POST /marketplace/deals/{id}/hold` and `…/hold/lift`: an admin's pause for review.

use domain::deal::{Command, NOTE_CHARS_MAX};
use domain::text::Block;
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

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Reason {
    /// For both sides to read.
    #[schema(example = "We look at the address")]
    reason: String,
}

/// Pause a deal for review
///
/// An admin's: stops clocks and payouts for seven days; the sides may go on acting. Four periods at the
/// most, each further one by another admin.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/hold",
    tag = "deals",
    extensions(("x-policy" = json!("deal.hold"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    request_body = Reason,
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step, Body(sent): Body<Reason>) -> Result<Versioned<DealRoom>, Problem> {
    let mut fields = Fields::default();
    let reason = Block::<NOTE_CHARS_MAX>::new(&sent.reason);
    let Some(reason) = fields.text("reason", reason) else {
        return Err(fields.problem());
    };
    let reason = reason.into();
    step.take(Command::Hold { reason }).await
}

/// Lift a pause early
///
/// Two admins': the first call turns the first key, another admin's call lifts it.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/hold/lift",
    tag = "deals",
    extensions(("x-policy" = json!("deal.lift_hold"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn lift(step: Step) -> Result<Versioned<DealRoom>, Problem> {
    step.take(Command::LiftHold).await
}
