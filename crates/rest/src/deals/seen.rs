//! `POST /marketplace/deals/{id}/seen`.

use domain::deal::Command;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Say that a delivery was seen
///
/// The buyer's, after a delivery without a code: silence then means that it is accepted.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/seen",
    tag = "deals",
    extensions(("x-policy" = json!("deal.read"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step) -> Result<Versioned<DealRoom>, Problem> {
    step.take(Command::SeeDelivery).await
}
