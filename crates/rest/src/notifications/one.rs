//! `GET`, `DELETE /notifications/{id}`, `PATCH /notifications/{id}/read`.

use std::sync::Arc;

use axum::extract::{Path, State};
use domain::id::NotificationId;
use domain::policy::Action;
use services::Services;
use services::notifications::MarkReadError;

use super::shape::Notification;
use crate::answer::{Data, Done};
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::failed;

/// See one thing that one was told
#[utoipa::path(
    get,
    path = "/notifications/{id}",
    tag = "notifications",
    extensions(("x-policy" = json!("notification.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which one", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d65")),
    responses(
        (status = 200, description = "The notification", body = Data<Notification>),
        (status = 404, description = "`NOT_FOUND`: the caller has none such"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<Notification>, Problem> {
    let id = read_id(&caller, &id)?;
    told(&services, &caller, id).await
}

/// Mark one as read
///
/// Read again, it changes nothing.
#[utoipa::path(
    patch,
    path = "/notifications/{id}/read",
    tag = "notifications",
    extensions(("x-policy" = json!("notification.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which one", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d65")),
    responses(
        (status = 200, description = "The notification, read", body = Data<Notification>),
        (status = 404, description = "`NOT_FOUND`: the caller has none such"),
    )
)]
pub async fn mark_read(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<Notification>, Problem> {
    let id = read_id(&caller, &id)?;
    let marked = services.mark_notification_read(&caller.actor, id).await;
    marked.map_err(refused)?;
    told(&services, &caller, id).await
}

/// Take one out of the list
#[utoipa::path(
    delete,
    path = "/notifications/{id}",
    tag = "notifications",
    extensions(("x-policy" = json!("notification.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(("id" = String, Path, description = "Which one", example = "0193726e-5a10-7cc4-9d2e-3f1a2b3c4d65")),
    responses(
        (status = 200, description = "It is gone", body = Data<Done>),
        (status = 404, description = "`NOT_FOUND`: the caller has none such, or no longer"),
    )
)]
pub async fn delete(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Path(id): Path<String>,
) -> Result<Data<Done>, Problem> {
    let id = read_id(&caller, &id)?;
    let removed = services.remove_notification(&caller.actor, id).await;
    removed.map(|()| Data::DONE).map_err(refused)
}

fn read_id(caller: &Caller, id: &str) -> Result<NotificationId, Problem> {
    caller.may(Action::ManageNotifications)?;
    id.parse().map_err(|_| Problem::not_found())
}

async fn told(
    services: &Services,
    caller: &Caller,
    id: NotificationId,
) -> Result<Data<Notification>, Problem> {
    let view = services.view_notification(&caller.actor, id, caller.client.language);
    let view = view.await.map_err(refused)?;
    Ok(Data::new(Notification::from(&view)))
}

fn refused(error: MarkReadError) -> Problem {
    match error {
        MarkReadError::NotFound => Problem::not_found(),
        MarkReadError::Failed(failure) => failed(failure),
    }
}
