//! `POST /auth/login`: address and password for tokens.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use domain::password::Password;
use serde::Deserialize;
use services::identity::{SignIn, SignInError};
use services::{Actor, Services};
use utoipa::ToSchema;

use super::shape::Entered;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Anyone;
use crate::problem::Problem;
use crate::refusals::{Fields, failed, locked, throttled};

/// Who wants in.
#[derive(Deserialize, ToSchema)]
pub struct Login {
    #[schema(example = "sara@example.com")]
    email: String,
    #[schema(example = "tall ships sail at dawn")]
    password: String,
}

/// Sign in
///
/// Five wrong passwords for one account from one network lock it there for fifteen minutes.
#[utoipa::path(
    post,
    path = "/auth/login",
    tag = "auth",
    extensions(("x-policy" = json!("account.sign_in"))),
    request_body = Login,
    responses(
        (status = 200, description = "The account and its tokens", body = Data<Entered>),
        (status = 401, description = "`WRONG_CREDENTIALS`"),
        (status = 423, description = "`LOCKED`"),
        (status = 429, description = "`TOO_MANY_REQUESTS`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    Anyone { client }: Anyone,
    Body(sent): Body<Login>,
) -> Result<Data<Entered>, Problem> {
    let mut fields = Fields::default();
    let Some(email) = fields.email(&sent.email) else {
        return Err(fields.problem());
    };
    let command = SignIn {
        email,
        password: Password::typed(&sent.password),
    };
    let signed_in = services.sign_in(&Actor::Visitor, &client, command);
    match signed_in.await {
        Ok(signed_in) => Ok(Data::new(Entered::signed_in(&services, &signed_in))),
        Err(SignInError::Wrong) => {
            let detail = "address or password is wrong";
            Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "WRONG_CREDENTIALS",
                detail,
            ))
        }
        Err(SignInError::Locked { until }) => Err(locked(&services, until)),
        Err(SignInError::Throttled(error)) => Err(throttled(&services, error)),
        Err(SignInError::Failed(failure)) => Err(failed(failure)),
    }
}
