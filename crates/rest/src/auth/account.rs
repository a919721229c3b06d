//! `DELETE /auth/account`: closing one's account.

use std::sync::Arc;

use axum::extract::State;
use domain::password::Password;
use domain::policy::Action;
use serde::Deserialize;
use services::Services;
use services::people::CloseAccountError;
use utoipa::ToSchema;

use crate::answer::{Data, Done};
use crate::body::Body;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::{failed, locked};
use crate::users::rejected;

/// The password, to show that it is still you.
#[derive(Deserialize, ToSchema)]
pub struct AccountClosing {
    #[schema(example = "tall ships sail at dawn")]
    password: String,
}

/// Close one's account
///
/// Calls one's requests off, withdraws one's offers, ends all sessions and forgets what is
/// personal. Refused while money is held.
#[utoipa::path(
    delete,
    path = "/auth/account",
    tag = "auth",
    extensions(("x-policy" = json!("account.close"))),
    security(("bearer" = []), ("session" = [])),
    request_body = AccountClosing,
    responses(
        (status = 200, description = "The account is closed", body = Data<Done>),
        (status = 409, description = "`MONEY_IN_PLAY`, `CONTENDED`"),
        (status = 423, description = "`LOCKED`"),
    )
)]
pub async fn delete(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Body(sent): Body<AccountClosing>,
) -> Result<Data<Done>, Problem> {
    caller.may(Action::CloseAccount)?;
    let password = Password::typed(&sent.password);
    let closed = services.close_account(&caller.actor, &caller.client, password);
    match closed.await {
        Ok(()) => Ok(Data::DONE),
        Err(error @ CloseAccountError::WrongPassword) => {
            let code = "WRONG_PASSWORD";
            Err(Problem::field("password", code, error.to_string()))
        }
        Err(CloseAccountError::Locked { until }) => Err(locked(&services, until)),
        Err(CloseAccountError::Rejected(rejection)) => Err(rejected(rejection)),
        Err(CloseAccountError::Failed(failure)) => Err(failed(failure)),
    }
}
