//! `POST /auth/logout-all`: the end of every session.

use std::sync::Arc;

use axum::extract::State;
use services::Services;

use crate::answer::{Data, Done};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::failed;

/// Sign out everywhere
///
/// Ends every session of the person, browsers and this one included.
#[utoipa::path(
    post,
    path = "/auth/logout-all",
    tag = "auth",
    extensions(("x-policy" = json!("session.end"))),
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "All sessions are over", body = Data<Done>),
    )
)]
pub async fn post(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<Done>, Problem> {
    let ended = services.sign_out_everywhere(&caller.actor);
    ended.await.map_err(failed)?;
    Ok(Data::DONE)
}
