//! `GET /marketplace/sellers`.

use std::sync::Arc;

use axum::extract::State;
use serde::Deserialize;
use services::Services;

use super::cards::Seller;
use crate::caller::Caller;
use crate::paging::{Listing, Paging, PagingParams};
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::failed;

/// Who is looked for.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Name {
    /// Words of the name, in any spelling, or how they begin.
    q: Option<String>,
}

/// List sellers
///
/// Everybody who may sell, newest account first.
#[utoipa::path(
    get,
    path = "/marketplace/sellers",
    tag = "marketplace",
    extensions(("x-policy" = json!("public.read"))),
    security((), ("bearer" = []), ("session" = [])),
    params(Name, PagingParams),
    responses((status = 200, description = "A part of the list", body = Listing<Seller>))
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(name): Query<Name>,
    paging: Paging,
) -> Result<Listing<Seller>, Problem> {
    let question = name.q.unwrap_or_default();
    let list = |page| services.list_sellers(&caller.actor, &question, page);
    let found = paging.read_list(list).await.map_err(failed)?;
    Ok(found.map(|card| Seller::from(&card)))
}
