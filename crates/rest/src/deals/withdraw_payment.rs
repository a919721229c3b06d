//! `POST /marketplace/deals/{id}/withdraw-payment`.

use domain::deal::Command;

use super::refusals::Refusals;
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Take an incomplete payment back
///
/// The buyer's, while less than the price has arrived.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/withdraw-payment",
    tag = "deals",
    extensions(("x-policy" = json!("deal.withdraw_payment"))),
    security(("bearer" = []), ("session" = [])),
    params(Step),
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(step: Step) -> Result<Versioned<DealRoom>, Problem> {
    step.take(Command::WithdrawPayment).await
}
