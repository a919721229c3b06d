//! `GET /marketplace/categories`, `GET /marketplace/categories/{id}`.

use std::sync::Arc;

use axum::extract::{Path, State};
use services::Services;

use super::shape::Category;
use crate::answer::Data;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::failed;

/// List all categories
///
/// Parents before what lies in them, neighbours in their order.
#[utoipa::path(
    get,
    path = "/marketplace/categories",
    tag = "marketplace",
    extensions(("x-policy" = json!("public.read"))),
    responses((status = 200, description = "All categories", body = Data<Vec<Category>>))
)]
pub async fn list(
    State(services): State<Arc<Services>>,
    _: Caller,
) -> Result<Data<Vec<Category>>, Problem> {
    let catalogue = services.catalogue().await.map_err(failed)?;
    Ok(Data::new(
        catalogue.shelves().iter().map(Category::from).collect(),
    ))
}

/// See one category
#[utoipa::path(
    get,
    path = "/marketplace/categories/{id}",
    tag = "marketplace",
    extensions(("x-policy" = json!("public.read"))),
    params(("id" = String, Path, description = "Its id or its slug", example = "phones")),
    responses(
        (status = 200, description = "The category", body = Data<Category>),
        (status = 404, description = "`NOT_FOUND`"),
    )
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    _: Caller,
    Path(id): Path<String>,
) -> Result<Data<Category>, Problem> {
    let catalogue = services.catalogue().await.map_err(failed)?;
    let shelf = match id.parse() {
        Ok(id) => catalogue.find(id),
        Err(_) => catalogue.find_slug(&id),
    };
    let shelf = shelf.ok_or_else(Problem::not_found)?;
    Ok(Data::new(Category::from(shelf)))
}
