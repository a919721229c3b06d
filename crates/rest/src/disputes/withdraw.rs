//! `POST /disputes/{id}/withdraw`.

use domain::deal::Command;

use super::case::Dispute;
use super::step::CaseStep;
use crate::answer::Data;
use crate::deals::Refusals;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Withdraw a dispute
///
/// Its opener's, before a ruling is near: the deal goes on where it was.
#[utoipa::path(
    post,
    path = "/disputes/{id}/withdraw",
    tag = "disputes",
    extensions(("x-policy" = json!("dispute.take_part"))),
    security(("bearer" = []), ("session" = [])),
    params(CaseStep),
    responses(
        (status = 200, description = "The dispute after it", body = Data<Dispute>),
        Refusals,
    )
)]
pub async fn post(case: CaseStep) -> Result<Versioned<Dispute>, Problem> {
    case.take(Command::WithdrawDispute).await
}
