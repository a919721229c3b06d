//! `GET /disputes/stats`.

use std::sync::Arc;

use axum::extract::State;
use serde::Serialize;
use services::Services;
use utoipa::ToSchema;

use crate::answer::Data;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::failed;

/// How many disputes concern the caller.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DisputeStats {
    /// The caller's own that are open.
    #[schema(example = 1)]
    own_open: usize,
    /// The caller's own, open and closed.
    #[schema(example = 3)]
    own: usize,
    /// For resolvers: those to rule on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 2)]
    to_rule: Option<u64>,
    /// For resolvers: rulings to approve.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 0)]
    to_approve: Option<u64>,
    /// For admins: all that are open.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 7)]
    open: Option<u64>,
}

/// Count disputes
#[utoipa::path(
    get,
    path = "/disputes/stats",
    tag = "disputes",
    extensions(("x-policy" = json!("deal.read"))),
    security(("bearer" = []), ("session" = [])),
    responses(
        (status = 200, description = "Those of the caller and of their desks", body = Data<DisputeStats>),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
) -> Result<Data<DisputeStats>, Problem> {
    let counts = services.count_cases(&caller.actor).await.map_err(failed)?;
    Ok(Data::new(DisputeStats {
        own_open: counts.own_open,
        own: counts.own,
        to_rule: counts.to_rule,
        to_approve: counts.to_approve,
        open: counts.open,
    }))
}
