//! A JSON body, and what can be wrong with it.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// What was sent as JSON.
#[derive(Debug, Clone)]
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let is_json = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        if !is_json {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            let detail = "send JSON, with Content-Type: application/json";
            return Err(Problem::new(status, "UNSUPPORTED_MEDIA_TYPE", detail));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
                let detail = "a body has at most one megabyte";
                Problem::new(error.status(), "PAYLOAD_TOO_LARGE", detail)
            } else {
                Problem::new(
                    StatusCode::BAD_REQUEST,
                    "UNREADABLE_BODY",
                    "the body ended early",
                )
            }
        })?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            // What is there instead may be a secret: only its place is told.
            let detail = format!(
                "the body is not the JSON that is asked for ({:?} error in line {}, column {})",
                error.classify(),
                error.line(),
                error.column()
            );
            Problem::new(StatusCode::BAD_REQUEST, "MALFORMED_JSON", detail)
        })
    }
}
