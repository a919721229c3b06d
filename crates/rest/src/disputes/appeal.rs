//! `POST /disputes/{id}/appeal`.

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
pub struct Objection {
    #[schema(example = "The photographs are of another parcel.")]
    statement: String,
}

/// Appeal a ruling
///
/// Either side's, within 48 hours, once in a deal: another resolver judges, for good.
#[utoipa::path(
    post,
    path = "/disputes/{id}/appeal",
    tag = "disputes",
    extensions(("x-policy" = json!("dispute.take_part"))),
    security(("bearer" = []), ("session" = [])),
    params(CaseStep),
    request_body = Objection,
    responses(
        (status = 200, description = "The dispute after it", body = Data<Dispute>),
        Refusals,
    )
)]
pub async fn post(
    case: CaseStep,
    Body(sent): Body<Objection>,
) -> Result<Versioned<Dispute>, Problem> {
    let mut fields = Fields::default();
    let statement = Block::<STATEMENT_CHARS_MAX>::new(&sent.statement);
    let Some(statement) = fields.text("statement", statement) else {
        return Err(fields.problem());
    };
    let statement = statement.into();
    case.take(Command::Appeal { statement }).await
}
