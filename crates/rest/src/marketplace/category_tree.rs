//! `GET /marketplace/categories/tree`.

use std::iter::Peekable;
use std::slice::Iter;
use std::sync::Arc;

use axum::extract::State;
use domain::category::Shelf;
use serde::Serialize;
use services::Services;
use utoipa::ToSchema;

use super::shape::Category;
use crate::answer::Data;
use crate::caller::Caller;
use crate::problem::Problem;
use crate::refusals::failed;

/// A category with all that lies in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Branch {
    #[serde(flatten)]
    category: Category,
    #[schema(no_recursion, example = json!([]))]
    children: Vec<Self>,
}

/// See the tree of categories
#[utoipa::path(
    get,
    path = "/marketplace/categories/tree",
    tag = "marketplace",
    extensions(("x-policy" = json!("public.read"))),
    responses((status = 200, description = "The tree, top first", body = Data<Vec<Branch>>))
)]
pub async fn get(
    State(services): State<Arc<Services>>,
    _: Caller,
) -> Result<Data<Vec<Branch>>, Problem> {
    let catalogue = services.catalogue().await.map_err(failed)?;
    Ok(Data::new(grow(
        &mut catalogue.shelves().iter().peekable(),
        0,
    )))
}

/// The branches of a depth, from shelves that stand parents first.
fn grow(shelves: &mut Peekable<Iter<'_, Shelf>>, depth: usize) -> Vec<Branch> {
    let mut branches = Vec::new();
    while let Some(shelf) = shelves.next_if(|shelf| shelf.depth == depth) {
        branches.push(Branch {
            category: Category::from(shelf),
            children: grow(shelves, depth.saturating_add(1)),
        });
    }
    branches
}
