//! `/api/docs`: the document for people, as one page without a script.

mod endpoint;
mod page;

use std::sync::LazyLock;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;

/// Nothing but our own style sheet.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'",
);
const FOR_FIVE_MINUTES: (HeaderName, HeaderValue) = (
    header::CACHE_CONTROL,
    HeaderValue::from_static("public, max-age=300"),
);

/// The page and its style sheet.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/docs", get(shown))
        .route("/docs.css", get(style))
}

async fn shown() -> impl IntoResponse {
    static DRAWN: LazyLock<String> = LazyLock::new(|| {
        let document = serde_json::to_value(crate::document());
        page::draw(&document.expect("a document has a JSON form")).into_string()
    });
    let headers = [FOR_FIVE_MINUTES, (header::CONTENT_SECURITY_POLICY, POLICY)];
    (headers, Html(DRAWN.as_str()))
}

async fn style() -> impl IntoResponse {
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    let headers = [FOR_FIVE_MINUTES, (header::CONTENT_TYPE, kind)];
    (headers, include_str!("docs.css"))
}
