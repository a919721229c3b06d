//! `POST /marketplace/deals/{id}/reopen`.

use domain::deal::Command;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Agree to go on with late money
///
/// Either side's: once both have agreed, the deal that had ended goes on.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/reopen",
    tag = "deals",
    extensions(("x-policy" = json!("deal.reopen"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step) -> Result<Versioned<DealRoom>, Problem> {
    step.take(Command::AgreeToReopen).await
}
