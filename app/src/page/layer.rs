//! The layer around all pages: reads the request once, and draws what went wrong.

use std::any::Any;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Span;

use super::kept::Place;
use super::{Failure, KeptPages, Page};
use crate::pages::status;
use crate::web::{ClientAddress, Web};

/// Puts the [`Page`] into the request, and turns bare refusals (a wrong path, a body too large, a
/// fault) into pages that say what happened. What is the same for every visitor is drawn once.
pub async fn with_page(
    State((web, kept)): State<(Arc<Web>, Arc<KeptPages>)>,
    mut request: Request,
    next: Next,
) -> Response {
    let original = request.extensions().get::<OriginalUri>();
    let uri = original.map_or_else(|| request.uri().clone(), |uri| uri.0.clone());
    let address = request.extensions().get::<ClientAddress>().copied();
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    let (page, known) = Page::read(web, uri, address, request.headers()).await;
    let place = kept.place(&page, &request);
    if let Some(response) = place.as_ref().and_then(Place::find) {
        return response;
    }
    request.extensions_mut().insert(Arc::clone(&page));
    let answer = async {
        let response = match known {
            Ok(()) => next.run(request).await,
            Err(failure) => failure.into_response(),
        };
        let mut response = if is_bare_refusal(&response) {
            drawn(&page, response, safe)
        } else {
            response
        };
        page.stamp(&mut response);
        response
    };
    let response = page.scope(answer).await;
    match place {
        Some(place) => place.put(response).await,
        None => response,
    }
}

fn is_bare_refusal(response: &Response) -> bool {
    let status = response.status();
    (status.is_client_error() || status.is_server_error()) && !is_page(response.headers())
}

fn is_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// The page for a status, with the headers that belong to it (`Retry-After`, `Allow`).
fn drawn(page: &Page, bare: Response, safe: bool) -> Response {
    let (parts, _) = bare.into_parts();
    if parts.status == StatusCode::UNAUTHORIZED {
        return page.sign_in(safe);
    }
    let wait = parts.headers.get(header::RETRY_AFTER);
    let wait = wait.and_then(|wait| wait.to_str().ok()?.parse().ok());
    let mut response = status::show(page, parts.status, safe, wait.map(Span::seconds));
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = parts.headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    response
}

/// What a panic in a handler becomes; [`with_page`] draws it.
pub fn after_panic(_: Box<dyn Any + Send>) -> axum::http::Response<Body> {
    tracing::error!("a page panicked: an invariant is broken");
    Failure::Internal.into_response()
}
