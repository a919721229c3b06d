//! `POST /marketplace/deals/{id}/refund-late`.

use domain::deal::Command;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Send late money back
///
/// Either side's, instead of going on with it.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/refund-late",
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
    step.take(Command::RefundLate).await
}
