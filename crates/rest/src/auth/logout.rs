//! `POST /auth/logout`: the end of this session.

use std::sync::Arc;

use axum::extract::State;
use services::Services;

use crate::answer::{Data, Done};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::failed;

/// Sign out
///
/// Ends the session of the access token, with its refresh token, at once.
#[utoipa::path(
    post,
    path = "/auth/logout",
    tag = "auth",
    extensions(("x-policy" = json!("session.end"))),
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "The session is over", body = Data<Done>),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<Done>, Problem> {
    services.sign_out(&caller.actor).await.map_err(failed)?;
    Ok(Data::DONE)
}
