//! `GET /marketplace/purchase-requests`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use domain::request::RequestStatus;
use services::Services;
use services::paging::Page;
use services::requests::Browse;

use super::card::RequestCard;
use super::filters::{Asked, Filters};
use crate::caller::Caller;
use crate::paging::{Listing, Paging, PagingParams};
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::failed;

/// List requests
///
/// Open ones, one's own (`mine`), or what one can offer on as a seller (`sellerId`); newest first.
/// One's own are counted.
#[utoipa::path(
    get,
    path = "/marketplace/purchase-requests",
    tag = "marketplace",
    extensions(("x-policy" = json!("public.read"))),
    security((), ("bearer" = []), ("session" = [])),
    params(Filters, PagingParams),
    responses((status = 200, description = "A part of the list", body = Listing<RequestCard>))
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(filters): Query<Filters>,
    paging: Paging,
) -> Result<Listing<RequestCard>, Problem> {
    let catalogue = services.catalogue().await.map_err(failed)?;
    match filters.read(&catalogue)? {
        Asked::Open(browse) => open(&services, &caller, &browse, paging).await,
        Asked::Mine(status) => mine(&services, &caller, status, paging).await,
        Asked::Feed(seller, browse) => {
            if caller.actor.user_id().is_some_and(|id| id != seller) {
                let detail = "a feed is its seller's own";
                return Err(Problem::new(StatusCode::FORBIDDEN, "FORBIDDEN", detail));
            }
            feed(&services, &caller, &browse, paging).await
        }
    }
}

async fn open(
    services: &Services,
    caller: &Caller,
    browse: &Browse,
    paging: Paging,
) -> Result<Listing<RequestCard>, Problem> {
    let list = |page| services.browse_requests(&caller.actor, browse, page);
    let found = paging.read_list(list).await.map_err(failed)?;
    Ok(found.map(|card| RequestCard::from(&card)))
}

async fn mine(
    services: &Services,
    caller: &Caller,
    status: Option<RequestStatus>,
    paging: Paging,
) -> Result<Listing<RequestCard>, Problem> {
    let list = |page| services.list_own_requests_in(&caller.actor, status, page);
    let found = paging.read_list(list).await.map_err(failed)?;
    let total = services.count_own_requests_in(&caller.actor, status);
    let total = total.await.map_err(failed)?;
    Ok(found
        .of_total(total)
        .map(|summary| RequestCard::from(&summary)))
}

async fn feed(
    services: &Services,
    caller: &Caller,
    browse: &Browse,
    paging: Paging,
) -> Result<Listing<RequestCard>, Problem> {
    let list = async |page| {
        let feed = services.read_feed(&caller.actor, browse, page).await?;
        let mut items = feed.invitations;
        items.extend(feed.open.items);
        Ok(Page {
            items,
            next: feed.open.next,
        })
    };
    let found = paging.read_list(list).await.map_err(failed)?;
    Ok(found.map(|entry| RequestCard::from(&entry)))
}
