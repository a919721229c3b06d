//! The REST door: the paths under `/api`, for programs.
//!
//! Each endpoint is one file: what it takes, the use case that it calls, what it answers. Answers
//! are `{"success":true,"data":…}`; refusals are problems (RFC 9457). [`document`] describes all of
//! it, from the code.
#![warn(missing_docs)]

mod answer;
mod auth;
mod body;
mod caller;
mod csv;
mod deals;
mod disputes;
mod docs;
mod document;
mod edition;
mod example;
mod files;
mod marketplace;
mod moment;
mod money;
mod notifications;
mod once;
mod paging;
mod payments;
mod problem;
mod query;
mod receipt_keys;
mod refusals;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod users;
mod word;

use std::any::Any;
use std::sync::{Arc, LazyLock};

use axum::extract::DefaultBodyLimit;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{any_service, get};
use axum::{Router, middleware};
use services::Services;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;

pub use problem::Problem;

/// The largest body in bytes; files have a door of their own.
const BODY_BYTES_MAX: usize = 1_000_000;

/// All endpoints, under `/api`. What is not there is a problem, too, not a page.
pub fn router(services: Arc<Services>) -> Router {
    let (endpoints, _) = endpoints().split_for_parts();
    let endpoints = endpoints
        .route("/openapi.json", get(written_document))
        .merge(docs::routes())
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async { Problem::method_not_allowed() })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&services),
            problem::name_request,
        ))
        .with_state(services);
    Router::new()
        .nest("/api", endpoints.clone())
        .route("/api/", any_service(endpoints))
}

/// The document, written out when it is first asked for.
async fn written_document() -> impl IntoResponse {
    static WRITTEN: LazyLock<String> =
        LazyLock::new(|| serde_json::to_string(&document()).expect("a document has a JSON form"));
    ([(CONTENT_TYPE, "application/json")], WRITTEN.as_str())
}

/// What a panic in an endpoint becomes.
fn after_panic(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("an endpoint panicked: an invariant is broken");
    Problem::internal().into_response()
}

/// The OpenAPI document of [`router`].
pub fn document() -> OpenApi {
    let (_, described) = endpoints().split_for_parts();
    document::about(described)
}

/// Endpoints with their documents.
type Endpoints = OpenApiRouter<Arc<Services>>;

fn endpoints() -> Endpoints {
    Endpoints::new()
        .merge(auth::endpoints())
        .merge(marketplace::endpoints())
        .merge(deals::endpoints())
        .merge(payments::endpoints())
        .merge(disputes::endpoints())
        .merge(users::endpoints())
        .merge(notifications::endpoints())
        .merge(files::endpoints())
        .merge(receipt_keys::endpoints())
}
