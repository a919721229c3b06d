//! The layer around all pages: reads the request once, and draws what went wrong.

use std::sync::Arc;

use axum::extract::{OriginalUri, Request, State};
use axum::http::{Method, Response as HttpResponse, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::Page;
use crate::pages::status;
use crate::web::Web;

/// Puts the [`Page`] into the request, and turns bare refusals (a wrong path, a body too large, a
/// fault) into pages that say what happened.
pub async fn with_page(State(web): State<Arc<Web>>, mut request: Request, next: Next) -> Response {
    let original = request.extensions().get::<OriginalUri>();
    let uri = original.map_or_else(|| request.uri().clone(), |uri| uri.0.clone());
    let page = Page::read(web, uri, request.headers());
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    request.extensions_mut().insert(page.clone());
    let response = next.run(request).await;
    if is_bare_refusal(&response) {
        return drawn(&page, response, safe);
    }
    response
}

fn is_bare_refusal(response: &Response) -> bool {
    let status = response.status();
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    (status.is_client_error() || status.is_server_error()) && !is_page
}

/// The page for a status, with the headers that belong to it (`Retry-After`, `Allow`).
fn drawn(page: &Page, bare: Response, safe: bool) -> Response {
    let (parts, _) = bare.into_parts();
    let mut response = status::show(page, parts.status, safe);
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = parts.headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

/// What a panic in a handler becomes; [`with_page`] draws it.
pub fn after_panic(_: Box<dyn std::any::Any + Send>) -> HttpResponse<axum::body::Body> {
    tracing::error!("a page panicked: an invariant is broken");
    let mut response = HttpResponse::new(axum::body::Body::empty());
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}
