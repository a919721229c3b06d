//! `POST /marketplace/deals/{id}/cancel-deal`.

use domain::deal::Command;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Call a deal off
///
/// Either side's, before anything has arrived.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/cancel-deal",
    tag = "deals",
    extensions(("x-policy" = json!("deal.cancel"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step) -> Result<Versioned<DealRoom>, Problem> {
    step.take(Command::Cancel).await
}
