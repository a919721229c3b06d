//! `POST /marketplace/deals/{id}/decline`.

use domain::deal::Command;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Decline to deliver
///
/// The seller's, before shipping: the money goes back to the buyer.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/decline",
    tag = "deals",
    extensions(("x-policy" = json!("deal.decline"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step) -> Result<Versioned<DealRoom>, Problem> {
    step.take(Command::Decline).await
}
