//! `POST /disputes/{id}/approve-ruling` and `…/reject-ruling`: another resolver's word on a ruling.

use domain::deal::Command;

use super::case::Dispute;
use super::step::CaseStep;
use crate::answer::Data;
use crate::deals::Refusals;
use crate::edition::Versioned;
use crate::problem::Problem;

/// Approve a ruling
///
/// Of the resolver who was drawn for it, where more is held than one decides on alone.
#[utoipa::path(
    post,
    path = "/disputes/{id}/approve-ruling",
    tag = "disputes",
    extensions(("x-policy" = json!("dispute.approve_ruling"))),
    security(("bearer" = []), ("session" = [])),
    params(CaseStep),
    responses(
        (status = 200, description = "The dispute after it", body = Data<Dispute>),
        Refusals,
    )
)]
pub async fn approve(case: CaseStep) -> Result<Versioned<Dispute>, Problem> {
    case.take(Command::ApproveRuling).await
}

/// Refuse a ruling
///
/// Of the same resolver: the ruling is dropped, and the dispute waits for another.
#[utoipa::path(
    post,
    path = "/disputes/{id}/reject-ruling",
    tag = "disputes",
    extensions(("x-policy" = json!("dispute.approve_ruling"))),
    security(("bearer" = []), ("session" = [])),
    params(CaseStep),
    responses(
        (status = 200, description = "The dispute after it", body = Data<Dispute>),
        Refusals,
    )
)]
pub async fn reject(case: CaseStep) -> Result<Versioned<Dispute>, Problem> {
    case.take(Command::RejectRuling).await
}
