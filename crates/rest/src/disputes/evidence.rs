//! `POST /disputes/{id}/evidence`.

use axum::extract::Request;
use domain::policy::Action;

use super::step::CaseStep;
use crate::answer::Data;
use crate::deals::{Evidence, EvidenceForm, Refusals, add_evidence};
use crate::problem::Problem;

/// Add evidence to a dispute
///
/// Either side's: 50 files at the most, 10 MB each.
#[utoipa::path(
    post,
    path = "/disputes/{id}/evidence",
    tag = "disputes",
    extensions(("x-policy" = json!("dispute.add_evidence"))),
    security(("bearer" = []), ("session" = [])),
    params(CaseStep),
    request_body(content = EvidenceForm, content_type = "multipart/form-data"),
    responses(
        (status = 200, description = "The evidence with it", body = Data<Vec<Evidence>>),
        Refusals,
        (status = 413, description = "`FILE_TOO_LARGE`"),
        (status = 422, description = "`FILE_TYPE`, `FILE_EMPTY`: `errors` names the fields"),
    )
)]
pub async fn post(case: CaseStep, form: Request) -> Result<Data<Vec<Evidence>>, Problem> {
    let step = case.in_deal(Action::AddEvidence).await?;
    add_evidence(step, form).await
}
