//! `POST /disputes/{id}/answer`.

use domain::deal::{Command, STATEMENT_CHARS_MAX};
use domain::text::Block;
use serde::Deserialize;
use utoipa::ToSchema;

use super::case::Dispute;
use super::step::CaseStep;
use crate::answer::Data;
use crate::body::Body;
use crate::deals::Refusals;
use crate::edition::Versioned;
use crate::problem::Problem;
use crate::refusals::Fields;

/// What is said.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Reply {
    #[schema(example = "It is the one in the offer.")]
    statement: String,
}

/// Answer a dispute
///
/// The other side's, within 72 hours; both sides' where the system opened it.
#[utoipa::path(
    post,
    path = "/disputes/{id}/answer",
    tag = "disputes",
    extensions(("x-policy" = json!("dispute.take_part"))),
    security(("bearer" = []), ("session" = [])),
    params(CaseStep),
    request_body = Reply,
    responses(
        (status = 200, description = "The dispute after it", body = Data<Dispute>),
        Refusals,
    )
)]
pub async fn post(case: CaseStep, Body(sent): Body<Reply>) -> Result<Versioned<Dispute>, Problem> {
    let mut fields = Fields::default();
    let statement = Block::<STATEMENT_CHARS_MAX>::new(&sent.statement);
    let Some(statement) = fields.text("statement", statement) else {
        return Err(fields.problem());
    };
    let statement = statement.into();
    case.take(Command::AnswerDispute { statement }).await
}
