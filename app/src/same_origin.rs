//! Refuses what another site makes a browser send.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use browser::origin::is_ours;

use crate::page::Failure;
use crate::web::Web;

/// Lets a request that may change something pass only when one of our own pages sent it.
pub async fn same_origin(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if safe || is_ours(request.headers(), &web.public_url) {
        next.run(request).await
    } else {
        Failure::Forbidden.into_response()
    }
}
