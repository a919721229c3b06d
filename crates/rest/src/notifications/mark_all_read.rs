//! `PATCH /notifications/mark-all-read`.

use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use services::Services;
use utoipa::ToSchema;

use crate::answer::Data;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::failed;

/// How much was unread.
#[derive(Debug, Serialize, ToSchema)]
pub struct Marked {
    #[schema(example = 3)]
    marked: u64,
}

/// Mark all as read
#[utoipa::path(
    patch,
    path = "/notifications/mark-all-read",
    tag = "notifications",
    extensions(("x-policy" = json!("notification.manage"))),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, description = "How much was unread", body = Data<Marked>))
)]
pub async fn patch(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<Marked>, Problem> {
    let marked = services.mark_all_notifications_read(&caller.actor).await;
    let marked = marked.map_err(failed)?;
    Ok(Data::new(Marked { marked }))
}
