//! The layer around all pages: reads the request once, and draws what went wrong.

use std::any::Any;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Span;
use services::ClientAddress;

use super::shared::Place;
use super::{Failure, Page, SharedPages};
use crate::form::Kept;
use crate::pages::auth::sign_in;
use crate::pages::status;
use crate::web::Web;

/// Puts the [`Page`] into the request, and turns bare refusals (a wrong path, a body too large, a
/// fault) into pages that say what happened. What is the same for every visitor is drawn once.
pub async fn with_page(
    State((web, shared)): State<(Arc<Web>, Arc<SharedPages>)>,
    mut request: Request,
    next: Next,
) -> Response {
    let uri = request.uri().clone();
    let address = request.extensions().get::<ClientAddress>().copied();
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    let (page, known) = Page::read(web, uri, address, request.headers()).await;
    // A person whom the store cannot tell now is no visitor.
    let place = known
        .is_ok()
        .then(|| shared.place(&page, &request))
        .flatten();
    if let Some(response) = place.as_ref().and_then(Place::find) {
        return response;
    }
    request.extensions_mut().insert(Arc::clone(&page));
    if let Err(failure) = known {
        request.extensions_mut().insert(failure);
    }
    let answer = async {
        let response = next.run(request).await;
        let mut response = if is_bare_refusal(&response) {
            drawn(&page, response, safe, None)
        } else {
            response
        };
        if !safe {
            // It may show what somebody has typed; the next one at this browser may be another.
            let no_store = HeaderValue::from_static("no-store");
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, no_store);
        }
        page.stamp(&mut response);
        response
    };
    let response = page.scope(answer).await;
    match place {
        Some(place) => place.put(response).await,
        None => response,
    }
}

/// Ends a request of which the store could not say who asks. What a form of theirs holds is kept
/// even so, by the layer around this one.
pub async fn only_known(request: Request, next: Next) -> Response {
    match request.extensions().get::<Failure>() {
        Some(failure) => failure.into_response(),
        None => next.run(request).await,
    }
}

/// Whether a refusal still has to be drawn.
pub fn is_bare_refusal(response: &Response) -> bool {
    let status = response.status();
    (status.is_client_error() || status.is_server_error()) && !is_page(response.headers())
}

fn is_page(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// The page for the refusal of a form, which carries what was typed.
pub fn drawn_with(page: &Page, bare: Response, kept: &Kept) -> Response {
    drawn(page, bare, false, Some(kept))
}

/// The page for a status, with the headers that belong to it (`Retry-After`, `Allow`).
fn drawn(page: &Page, bare: Response, safe: bool, kept: Option<&Kept>) -> Response {
    let (parts, _) = bare.into_parts();
    if parts.status == StatusCode::UNAUTHORIZED {
        return match kept {
            Some(kept) => sign_in::show_keeping(page, kept),
            None => page.sign_in(safe),
        };
    }
    let wait = parts.headers.get(header::RETRY_AFTER);
    let wait = wait.and_then(|wait| wait.to_str().ok()?.parse().ok());
    let mut response = status::show(page, parts.status, safe, wait.map(Span::seconds), kept);
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
