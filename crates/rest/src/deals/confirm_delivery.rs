//! `PATCH /marketplace/deals/{id}/confirm-delivery`.

use domain::deal::Command;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Accept the goods
///
/// The buyer's: releases the money to the seller, for good.
#[utoipa::path(
    patch,
    path = "/marketplace/deals/{id}/confirm-delivery",
    tag = "deals",
    extensions(("x-policy" = json!("deal.accept"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn patch(step: Step) -> Result<Versioned<DealRoom>, Problem> {
    step.take(Command::Accept).await
}
