//! `POST /auth/verify-email-code`: the mailed code opens the account.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use services::identity::{SignUpTicket, VerifySignUp, VerifySignUpError};
use services::{Actor, Services};
use utoipa::ToSchema;

use super::shape::Entered;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Anyone;
use crate::problem::Problem;
use crate::refusals::{Fields, failed, throttled, wrong_code};

/// A sign-up and its code.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Verify {
    #[schema(example = "9sIbCW1vJc7gTQ1nT0hZ0w5Ew2kq3o8Xr4uYd6aFbLM")]
    sign_up_token: String,
    /// From the mail.
    #[schema(example = "418206")]
    code: String,
}

/// Enter the mailed code
///
/// Opens the account and signs in. A code has five tries.
#[utoipa::path(
    post,
    path = "/auth/verify-email-code",
    tag = "auth",
    extensions(("x-policy" = json!("account.sign_up"))),
    request_body = Verify,
    responses(
        (status = 200, description = "The account and its tokens", body = Data<Entered>),
        (status = 409, description = "`SIGN_UP_OVER`, `CODE_SPENT`, `ADDRESS_TAKEN`"),
        (status = 429, description = "`TOO_MANY_REQUESTS`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    Anyone { client }: Anyone,
    Body(sent): Body<Verify>,
) -> Result<Data<Entered>, Problem> {
    let mut fields = Fields::default();
    let Some(code) = fields.code(&sent.code) else {
        return Err(fields.problem());
    };
    let over = |code, error: &VerifySignUpError| {
        Problem::new(StatusCode::CONFLICT, code, error.to_string())
    };
    let ticket: Result<SignUpTicket, _> = sent.sign_up_token.parse();
    let ticket = ticket.map_err(|_| over("SIGN_UP_OVER", &VerifySignUpError::NoSignUp))?;
    let command = VerifySignUp { ticket, code };
    let verified = services.verify_sign_up(&Actor::Visitor, &client, command);
    match verified.await {
        Ok(signed_in) => Ok(Data::new(Entered::signed_in(&services, &signed_in))),
        Err(VerifySignUpError::WrongCode { left }) => Err(wrong_code(left)),
        Err(error @ VerifySignUpError::CodeSpent) => Err(over("CODE_SPENT", &error)),
        Err(error @ VerifySignUpError::NoSignUp) => Err(over("SIGN_UP_OVER", &error)),
        Err(error @ VerifySignUpError::AddressTaken) => Err(over("ADDRESS_TAKEN", &error)),
        Err(VerifySignUpError::Throttled(error)) => Err(throttled(&services, error)),
        Err(VerifySignUpError::Failed(failure)) => Err(failed(failure)),
    }
}
