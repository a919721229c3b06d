//! `POST /marketplace/deals/{id}/surplus`.

use domain::deal::Command;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Have back what was more than the price
///
/// The buyer's, while the deal goes on.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/surplus",
    tag = "deals",
    extensions(("x-policy" = json!("deal.claim_surplus"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step) -> Result<Versioned<DealRoom>, Problem> {
    step.take(Command::TakeSurplus).await
}
