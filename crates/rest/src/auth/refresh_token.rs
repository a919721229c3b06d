//! `POST /auth/refresh-token`: the next pair of tokens.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use services::identity::RefreshTokensError;
use services::{Actor, Services};
use utoipa::ToSchema;

use super::shape::Entered;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Anyone;
use crate::problem::Problem;
use crate::refusals::{failed, throttled};

/// The token of the pair before.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Refresh {
    #[schema(example = "AZNybloQfMSdLj8aKzxNXgAAAAHTMsuqjqO4b0Kn7m0r1v2w3x4y5z6A7B8C9D0E1F2G3H")]
    refresh_token: String,
}

/// Get the next tokens
///
/// A refresh token is used up by this. Sent again within ten seconds it is answered with the same
/// pair, in case the answer was lost; later it shows that somebody has a copy, and ends the session.
#[utoipa::path(
    post,
    path = "/auth/refresh-token",
    tag = "auth",
    extensions(("x-policy" = json!("account.sign_in"))),
    request_body = Refresh,
    responses(
        (status = 200, description = "The account and its next tokens", body = Data<Entered>),
        (status = 401, description = "`TOKEN_OVER`, `TOKEN_REUSED`"),
        (status = 429, description = "`TOO_MANY_REQUESTS`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    Anyone { client }: Anyone,
    Body(sent): Body<Refresh>,
) -> Result<Data<Entered>, Problem> {
    let refused = |code, error: &RefreshTokensError| {
        Problem::new(StatusCode::UNAUTHORIZED, code, error.to_string())
    };
    let over = RefreshTokensError::Over;
    let token = sent.refresh_token.parse();
    let token = token.map_err(|_| refused("TOKEN_OVER", &over))?;
    let refreshed = services.refresh_tokens(&Actor::Visitor, &client, &token);
    match refreshed.await {
        Ok((user, tokens)) => Ok(Data::new(Entered::new(&user, &tokens))),
        Err(error @ RefreshTokensError::Over) => Err(refused("TOKEN_OVER", &error)),
        Err(error @ RefreshTokensError::Reused) => Err(refused("TOKEN_REUSED", &error)),
        Err(RefreshTokensError::Throttled(error)) => Err(throttled(&services, error)),
        Err(RefreshTokensError::Failed(failure)) => Err(failed(failure)),
    }
}
