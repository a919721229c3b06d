//! `POST /auth/change-password`: another password, knowing the old one.

use std::sync::Arc;

use axum::extract::State;
use domain::password::Password;
use serde::Deserialize;
use services::Services;
use services::identity::{ChangePassword, ChangePasswordError};
use utoipa::ToSchema;

use super::shape::Entered;
use crate::answer::Data;
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::{failed, locked, password, throttled};

/// The old password and the new one.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    #[schema(example = "tall ships sail at dawn")]
    current_password: String,
    /// Ten characters or more.
    #[schema(example = "an entirely other phrase")]
    new_password: String,
}

/// Set another password
///
/// Ends every session and begins a new one, whose tokens are the answer.
#[utoipa::path(
    post,
    path = "/auth/change-password",
    tag = "auth",
    extensions(("x-policy" = json!("account.change_password"))),
    security(("bearer" = []), ("session" = [])),
    request_body = Change,
    responses(
        (status = 200, description = "The account and the tokens of its new session", body = Data<Entered>),
        (status = 423, description = "`LOCKED`"),
        (status = 429, description = "`TOO_MANY_REQUESTS`"),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Body(sent): Body<Change>,
) -> Result<Data<Entered>, Problem> {
    let command = ChangePassword {
        current: Password::typed(&sent.current_password),
        new: Password::typed(&sent.new_password),
    };
    let changed = services.change_password(&caller.actor, &caller.client, command);
    match changed.await {
        Ok(signed_in) => Ok(Data::new(Entered::signed_in(&services, &signed_in))),
        Err(error @ ChangePasswordError::WrongCurrent) => {
            let detail = error.to_string();
            Err(Problem::field("currentPassword", "WRONG_PASSWORD", detail))
        }
        Err(ChangePasswordError::Password(rejection)) => Err(password("newPassword", rejection)),
        Err(ChangePasswordError::Locked { until }) => Err(locked(&services, until)),
        Err(ChangePasswordError::Throttled(error)) => Err(throttled(&services, error)),
        Err(ChangePasswordError::Failed(failure)) => Err(failed(failure)),
    }
}
