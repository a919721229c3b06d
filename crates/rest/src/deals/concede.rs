//! `POST /marketplace/deals/{id}/concede`.

use domain::deal::Command;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Give the other side everything
///
/// From delivery to a dispute: the outcome is fixed at once, for good.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/concede",
    tag = "deals",
    extensions(("x-policy" = json!("deal.negotiate"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step) -> Result<Versioned<DealRoom>, Problem> {
    step.take(Command::Concede).await
}
