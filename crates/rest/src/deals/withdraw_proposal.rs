//! `POST /marketplace/deals/{id}/proposals/{proposal}/withdraw`.

use axum::extract::Path;
use domain::deal::{Command, Rejection};

use super::refusals::{Refusals, rejected};
use super::room::DealRoom;
use super::step::Step;
use crate::answer::Data;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Take a proposal back
///
/// Whoever made it, until the other side has answered.
#[utoipa::path(
    post,
    path = "/marketplace/deals/{id}/proposals/{proposal}/withdraw",
    tag = "deals",
    extensions(("x-policy" = json!("deal.negotiate"))),
    security(("bearer" = []), ("session" = [])),
    params(Step, ("proposal" = String, Path, description = "Which one", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "The deal after it", body = Data<DealRoom>),
        Refusals,
    )
)]
pub async fn post(
    step: Step,
    Path((_, proposal)): Path<(String, String)>,
) -> Result<Versioned<DealRoom>, Problem> {
    let no_such = |_| rejected(&step.services, Rejection::NoSuchProposal);
    let id = proposal.parse().map_err(no_such)?;
    step.take(Command::WithdrawProposal { id }).await
}
