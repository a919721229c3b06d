//! `POST /disputes/{id}/assign`: the case goes to another resolver.

use axum::http::StatusCode;
use domain::policy::Action;
use domain::text::Line;
use serde::Deserialize;
use services::disputes::{ReassignCase, ReassignError};
use utoipa::ToSchema;

use super::case::Dispute;
use super::step::CaseStep;
use crate::answer::Data;
use crate::body::Body;
use crate::deals::{Refusals, refused};
use crate::edition::Versioned;
use crate::problem::Problem;
use crate::refusals::Fields;

/// Why.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Reassignment {
    /// For the audit log.
    #[schema(example = "Knows the seller")]
    reason: String,
}

/// Have a resolver drawn anew
///
/// An admin's. Who it is falls by lot: nobody chooses who judges, and nobody chooses their case.
#[utoipa::path(
    post,
    path = "/disputes/{id}/assign",
    tag = "disputes",
    extensions(("x-policy" = json!("dispute.reassign"))),
    security(("bearer" = []), ("session" = [])),
    params(CaseStep),
    request_body = Reassignment,
    responses(
        (status = 200, description = "The dispute with who was drawn", body = Data<Dispute>),
        Refusals,
    )
)]
pub async fn post(
    case: CaseStep,
    Body(sent): Body<Reassignment>,
) -> Result<Versioned<Dispute>, Problem> {
    let mut fields = Fields::default();
    let Some(reason) = fields.text("reason", Line::new(&sent.reason)) else {
        return Err(fields.problem());
    };
    let action = Action::ReassignDispute;
    let found = case
        .services
        .deal_of_dispute(&case.actor, action, case.dispute);
    let deal = found
        .await
        .map_err(|error| refused(&case.services, error))?;
    let command = ReassignCase {
        deal,
        expected_version: case.version,
        reason,
    };
    match case.services.reassign_case(&case.actor, command).await {
        Ok(()) => case.show().await,
        Err(ReassignError::Deal(error)) => Err(refused(&case.services, error)),
        Err(error @ ReassignError::NobodyElse) => {
            let status = StatusCode::CONFLICT;
            Err(Problem::new(status, "NOBODY_ELSE", error.to_string()))
        }
    }
}
