//! `GET /auth/sessions`, `DELETE /auth/sessions/{id}`: where one is signed in.

use std::sync::Arc;

use axum::extract::{Path, State};
use serde::Serialize;
use services::Services;
use services::identity::{EndSessionError, SessionKind, SessionView};
use utoipa::ToSchema;

use crate::answer::{Data, Done};
use crate::caller::Caller;
use crate::moment::rfc3339;
use crate::problem::Problem;
use crate::refusals::failed;

/// A place where the caller is signed in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    #[schema(example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")]
    id: String,
    #[schema(example = "Firefox on Linux")]
    user_agent: String,
    #[schema(example = "203.0.113.7")]
    ip: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    created_at: String,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    last_seen_at: String,
    /// When it ends, whatever happens.
    #[schema(example = "2026-12-28T10:30:00.000Z")]
    absolute_expiry: String,
    /// `browser` or `api`.
    #[schema(example = "api")]
    kind: &'static str,
    /// Whether it is the one of this call.
    is_current: bool,
}

impl From<SessionView> for Session {
    fn from(view: SessionView) -> Self {
        Self {
            id: view.id.to_string(),
            user_agent: view.user_agent,
            ip: view.ip,
            created_at: rfc3339(view.created_at),
            last_seen_at: rfc3339(view.last_seen_at),
            absolute_expiry: rfc3339(view.absolute_expiry),
            kind: match view.kind {
                SessionKind::Browser => "browser",
                SessionKind::Api => "api",
            },
            is_current: view.is_current,
        }
    }
}

/// See where one is signed in
#[utoipa::path(
    get,
    path = "/auth/sessions",
    tag = "auth",
    extensions(("x-policy" = json!("account.read"))),
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "Live sessions, this one first", body = Data<Vec<Session>>),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<Vec<Session>>, Problem> {
    let sessions = services.list_sessions(&caller.actor);
    let sessions = sessions.await.map_err(failed)?;
    Ok(Data::new(sessions.into_iter().map(Session::from).collect()))
}

/// End one session
#[utoipa::path(
    delete,
    path = "/auth/sessions/{id}",
    tag = "auth",
    extensions(("x-policy" = json!("session.end"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which session", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d5e")),
    responses(
        (status = 200, description = "The session is over", body = Data<Done>),
        (status = 404, description = "`NOT_FOUND`: the caller has no such session"),
    )
)]
pub async fn delete(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<Done>, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    match services.end_session(&caller.actor, id).await {
        Ok(()) => Ok(Data::DONE),
        Err(EndSessionError::NotFound) => Err(Problem::not_found()),
        Err(EndSessionError::Failed(failure)) => Err(failed(failure)),
    }
}
