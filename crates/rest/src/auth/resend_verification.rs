//! `POST /auth/resend-verification`: another code for a sign-up.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use services::identity::{ResendError, SignUpTicket};
use services::{Actor, Services};
use utoipa::ToSchema;

use crate::answer::{Data, Done};
use crate::body::Body;
use crate::caller::Anyone;
use crate::problem::Problem;
use crate::refusals::{failed, throttled};

/// A sign-up.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Resend {
    #[schema(example = "9sIbCW1vJc7gTQ1nT0hZ0w5Ew2kq3o8Xr4uYd6aFbLM")]
    sign_up_token: String,
}

/// Ask for another code
///
/// The one before counts no more. Five codes a day go to one address.
#[utoipa::path(
    post,
    path = "/auth/resend-verification",
    tag = "auth",
    extensions(("x-policy" = json!("account.sign_up"))),
    request_body = Resend,
    responses(
        (status = 200, description = "Another code is on its way", body = Data<Done>),
        (status = 409, description = "`SIGN_UP_OVER`"),
        (status = 429, description = "`TOO_MANY_REQUESTS`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    Anyone { client }: Anyone,
    Body(sent): Body<Resend>,
) -> Result<Data<Done>, Problem> {
    let over = || {
        let detail = ResendError::NoSignUp.to_string();
        Problem::new(StatusCode::CONFLICT, "SIGN_UP_OVER", detail)
    };
    let ticket: Result<SignUpTicket, _> = sent.sign_up_token.parse();
    let ticket = ticket.map_err(|_| over())?;
    let sent = services.resend_sign_up_code(&Actor::Visitor, &client, &ticket);
    match sent.await {
        Ok(()) => Ok(Data::DONE),
        Err(ResendError::NoSignUp) => Err(over()),
        Err(ResendError::Throttled(error)) => Err(throttled(&services, error)),
        Err(ResendError::Failed(failure)) => Err(failed(failure)),
    }
}
