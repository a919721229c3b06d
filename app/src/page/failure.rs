//! Why a page cannot be shown. A handler returns it; the layer around all pages draws it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A page that is not the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Not there, or not this person's to see: the two are not told apart.
    NotFound,
    /// Seen, but not theirs to do.
    Forbidden,
    /// Try again after so many seconds.
    TooMany {
        /// Seconds to wait.
        retry_after_s: u32,
    },
    /// A part we need is away.
    Unavailable,
    /// A fault of ours.
    Internal,
}

impl Failure {
    /// A fault of ours, written to the log. The person sees no detail of it.
    pub fn internal(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a page failed");
        Self::Internal
    }
}

/// What a person waits when the store is away.
const UNAVAILABLE_RETRY_S: u32 = 5;

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let wait = |status: StatusCode, seconds: u32| {
            (status, [(header::RETRY_AFTER, HeaderValue::from(seconds))]).into_response()
        };
        match self {
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::Forbidden => StatusCode::FORBIDDEN.into_response(),
            Self::TooMany { retry_after_s } => wait(StatusCode::TOO_MANY_REQUESTS, retry_after_s),
            Self::Unavailable => wait(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE_RETRY_S),
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}
