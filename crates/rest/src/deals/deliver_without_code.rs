//! `POST /marketplace/deals/{id}/deliver-without-code`.

use domain::deal::Command;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Say that it was delivered, with proof
///
/// The seller's, where the buyer gives no code: not before the minimum transit, and with every item of the
/// evidence contract, which is added at `/marketplace/deals/{id}/evidence`.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/deliver-without-code",
    tag = "deals",
    extensions(("x-policy" = json!("deal.deliver_without_code"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step) -> Result<Versioned<DealRoom>, Problem> {
    step.take(Command::DeliverWithoutCode).await
}
