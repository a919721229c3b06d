//! `POST /auth/reset-password`: a new password by the mailed code.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use services::identity::{ResetPassword, ResetPasswordError};
use services::{Actor, Services};
use utoipa::ToSchema;

use crate::answer::{Data, Done};
use crate::body::Body;
use crate::caller::Anyone;
use crate::problem::Problem;
use crate::refusals::{Fields, failed, password, throttled, wrong_code};

/// The mailed code and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reset {
    #[schema(example = "sara@example.com")]
    email: String,
    #[schema(example = "418206")]
    code: String,
    /// Ten characters or more.
    #[schema(example = "an entirely other phrase")]
    new_password: String,
}

/// Set a new password by the mailed code
///
/// Ends every session; payouts wait for 72 hours. A code lasts thirty minutes and has five tries.
#[utoipa::path(
    post,
    path = "/auth/reset-password",
    tag = "auth",
    extensions(("x-policy" = json!("account.reset_password"))),
    request_body = Reset,
    responses(
        (status = 200, description = "The new password is set: sign in", body = Data<Done>),
        (status = 409, description = "`CODE_SPENT`"),
        (status = 429, description = "`TOO_MANY_REQUESTS`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    Anyone { client }: Anyone,
    Body(sent): Body<Reset>,
) -> Result<Data<Done>, Problem> {
    let mut fields = Fields::default();
    let (email, code) = (fields.email(&sent.email), fields.code(&sent.code));
    let new = fields.password("newPassword", &sent.new_password, &[sent.email.trim()]);
    let (Some(email), Some(code), true) = (email, code, fields.are_right()) else {
        return Err(fields.problem());
    };
    let command = ResetPassword { email, code, new };
    let reset = services.reset_password(&Actor::Visitor, &client, command);
    match reset.await {
        Ok(()) => Ok(Data::DONE),
        Err(ResetPasswordError::Password(rejection)) => Err(password("newPassword", rejection)),
        Err(ResetPasswordError::WrongCode { left }) => Err(wrong_code(left)),
        Err(error @ ResetPasswordError::CodeSpent) => {
            let detail = error.to_string();
            Err(Problem::new(StatusCode::CONFLICT, "CODE_SPENT", detail))
        }
        Err(ResetPasswordError::Throttled(error)) => Err(throttled(&services, error)),
        Err(ResetPasswordError::Failed(failure)) => Err(failed(failure)),
    }
}
