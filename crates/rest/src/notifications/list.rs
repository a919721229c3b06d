//! `GET /notifications`, `GET /notifications/unread-count`.

use std::sync::Arc;

use axum::extract::State;
use domain::policy::Action;
use serde::{Deserialize, Serialize};
use services::Services;
use services::notifications::Shown;
use utoipa::ToSchema;

use super::shape::Notification;
use crate::answer::Data;
use crate::caller::Caller;
use crate::paging::{Listing, Paging, PagingParams};
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::{Fields, failed};

/// Which of them.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// `true` for those alone that were not read.
    unread: Option<String>,
}

/// List what one was told
///
/// Newest first; kept for 90 days.
#[utoipa::path(
    get,
    path = "/notifications",
    tag = "notifications",
    extensions(("x-policy" = json!("notification.manage"))),
    security(("bearer" = []), ("session" = [])),
    params(Which, PagingParams),
    responses((status = 200, description = "A part of the list", body = Listing<Notification>))
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(which): Query<Which>,
    paging: Paging,
) -> Result<Listing<Notification>, Problem> {
    caller.may(Action::ManageNotifications)?;
    let mut fields = Fields::default();
    let shown = if fields.flag("unread", which.unread.as_deref()) {
        Shown::Unread
    } else {
        Shown::All
    };
    if !fields.are_right() {
        return Err(fields.problem());
    }
    let language = caller.client.language;
    let list = |page| services.list_notifications(&caller.actor, shown, language, page);
    let found = paging.read_list(list).await.map_err(failed)?;
    Ok(found.map(|view| Notification::from(&view)))
}

/// How much is unread.
#[derive(Debug, Serialize, ToSchema)]
pub struct Unread {
    #[schema(example = 3)]
    count: u64,
}

/// Count what is unread
#[utoipa::path(
    get,
    path = "/notifications/unread-count",
    tag = "notifications",
    extensions(("x-policy" = json!("notification.manage"))),
    security(("bearer" = []), ("session" = [])),
    responses((status = 200, description = "How much is unread", body = Data<Unread>))
)]
pub async fn count_unread(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<Unread>, Problem> {
    let count = services.count_unread_notifications(&caller.actor).await;
    let count = count.map_err(failed)?;
    Ok(Data::new(Unread { count }))
}
