//! `GET /marketplace/sellers`.

use std::sync::Arc;

use axum::extract::State;
use services::Services;

use super::cards::Seller;
use crate::caller::Caller;
use crate::paging::{Listing, Paging, PagingParams};
use crate::problem::Problem;
use crate::refusals::failed;

/// List sellers
///
/// Everybody who may sell, longest with an account first.
#[utoipa::path(
    get,
    path = "/marketplace/sellers",
    tag = "marketplace",
    extensions(("x-policy" = json!("public.read"))),
    security((), ("bearer" = []), ("session" = [])),
    params(PagingParams),
    responses((status = 200, description = "A part of the list", body = Listing<Seller>))
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    paging: Paging,
) -> Result<Listing<Seller>, Problem> {
    let list = |page| services.list_sellers(&caller.actor, page);
    let found = paging.read_list(list).await.map_err(failed)?;
    Ok(found.map(|card| Seller::from(&card)))
}
