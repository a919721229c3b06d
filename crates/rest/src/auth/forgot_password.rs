//! `POST /auth/forgot-password`: asking for a code to set a new password with.

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use services::identity::{StartReset, StartResetError};
use services::{Actor, Services};
use utoipa::ToSchema;

use crate::answer::{Data, Done};
use crate::body::Body;
use crate::caller::Anyone;
use crate::problem::Problem;
use crate::refusals::{Fields, failed, throttled};

/// Whose password is forgotten.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Forgot {
    #[schema(example = "sara@example.com")]
    email: String,
}

/// Ask for a code to set a new password with
///
/// The answer is the same whether or not the address has an account; only the mail says.
#[utoipa::path(
    post,
    path = "/auth/forgot-password",
    tag = "auth",
    extensions(("x-policy" = json!("account.reset_password"))),
    request_body = Forgot,
    responses(
        (status = 200, description = "A code is on its way", body = Data<Done>),
        (status = 429, description = "`TOO_MANY_REQUESTS`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    Anyone { client }: Anyone,
    Body(sent): Body<Forgot>,
) -> Result<Data<Done>, Problem> {
    let mut fields = Fields::default();
    let Some(email) = fields.email(&sent.email) else {
        return Err(fields.problem());
    };
    let started = services.start_reset(&Actor::Visitor, &client, StartReset { email });
    match started.await {
        Ok(()) => Ok(Data::DONE),
        Err(StartResetError::Throttled(error)) => Err(throttled(&services, error)),
        Err(StartResetError::Failed(failure)) => Err(failed(failure)),
    }
}
