//! `GET /marketplace/search`.

use std::sync::Arc;

use axum::extract::State;
use serde::{Deserialize, Serialize};
use services::Services;
use services::paging::{Limit, PageRequest};
use services::requests::Browse;
use utoipa::ToSchema;

use super::cards::Seller;
use super::requests::RequestCard;
use super::shape::Filed;
use crate::answer::Data;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::query::Query;
use crate::refusals::failed;

/// So many of each kind are shown; their own lists have the rest.
const SHOWN: Limit = Limit::new(10);

/// What is looked for.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Question {
    /// Words in any spelling.
    #[param(required = true, example = "camera")]
    q: Option<String>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchHits {
    /// Open requests, newest first; `GET /marketplace/purchase-requests?q=` has the rest.
    purchase_requests: Vec<RequestCard>,
    /// Sellers by their names; `GET /marketplace/sellers?q=` has the rest.
    sellers: Vec<Seller>,
    /// Open categories by their names.
    categories: Vec<Filed>,
}

/// Search the marketplace
#[utoipa::path(
    get,
    path = "/marketplace/search",
    tag = "marketplace",
    extensions(("x-policy" = json!("public.read"))),
    security((), ("bearer" = []), ("session" = [])),
    params(Question),
    responses(
        (status = 200, description = "The first hits of each kind", body = Data<SearchHits>),
        (status = 422, description = "`VALIDATION_FAILED`: nothing is asked for"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    caller: Caller,
    Query(question): Query<Question>,
) -> Result<Data<SearchHits>, Problem> {
    let asked = question.q.unwrap_or_default();
    if asked.trim().is_empty() {
        return Err(Problem::field("q", "EMPTY", "say what you look for"));
    }
    let browse = Browse {
        question: asked.clone(),
        ..Browse::default()
    };
    let page = PageRequest::first(SHOWN);
    let found = services.browse_requests(&caller.actor, &browse, page).await;
    let found = found.map_err(failed)?;
    let sellers = services.list_sellers(&caller.actor, &asked, page).await;
    let sellers = sellers.map_err(failed)?;
    let catalogue = services.catalogue().await.map_err(failed)?;
    let wanted = asked.trim().to_lowercase();
    let named = |name: &str| name.to_lowercase().contains(&wanted);
    let categories = catalogue.open().map(|shelf| &shelf.category);
    let categories = categories
        .filter(|category| named(category.name.en.as_str()) || named(category.name.fa.as_str()));
    Ok(Data::new(SearchHits {
        purchase_requests: found.items.iter().map(RequestCard::from).collect(),
        sellers: sellers.items.iter().map(Seller::from).collect(),
        categories: categories.take(SHOWN.get()).map(Filed::from).collect(),
    }))
}
