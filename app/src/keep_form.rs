//! A form that was refused before anything was done is shown again with what was typed.
//!
//! `docs/decisions/0014-a-refused-form-is-shown-again.md` says why it goes this way.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::form::{KEPT_BYTES_MAX, Kept, is_urlencoded};
use crate::page::{Page, drawn_with, is_bare_refusal};

/// Keeps what was sent until the answer is known: a refusal carries it along. A form that only asks
/// to be shown again becomes a look at its page, which changes nothing.
pub async fn keep_form(page: Page, request: Request, next: Next) -> Response {
    if *request.method() != Method::POST || !is_urlencoded(request.headers()) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, KEPT_BYTES_MAX).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let asked = Kept::asked(&bytes);
    let request = if asked.is_some() {
        Kept::show(asked.clone());
        parts.method = Method::GET;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        Request::from_parts(parts, Body::empty())
    } else {
        Request::from_parts(parts, Body::from(bytes.clone()))
    };
    let response = next.run(request).await;
    if !is_bare_refusal(&response) || !may_be_repeated(response.status()) {
        return response;
    }
    Kept::show(None);
    let sent = || Kept::sent(&bytes).filter(|_| page.is_form_of_its_page());
    match asked.or_else(sent) {
        Some(kept) => drawn_with(&page, response, &kept),
        None => response,
    }
}

/// Whether the very same form can be taken later.
fn may_be_repeated(status: StatusCode) -> bool {
    matches!(status.as_u16(), 401 | 409 | 429 | 500 | 502 | 503 | 504)
}
