//! Why a page cannot be shown. A handler returns it; the layer around all pages draws it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::policy::Denied;

/// A page that is not the one asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Only for those who are signed in: they are sent to do so, and come back.
    SignIn,
    /// Not there, or not this person's to see: the two are not told apart.
    NotFound,
    /// Seen, but not theirs to do.
    Forbidden,
    /// Others kept changing the same thing; trying again helps.
    Contended,
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

impl From<services::Failure> for Failure {
    fn from(failure: services::Failure) -> Self {
        match failure {
            services::Failure::Denied(Denied::SignInNeeded) => Self::SignIn,
            services::Failure::Denied(_) => Self::Forbidden,
            services::Failure::Contended => Self::Contended,
            services::Failure::Store(error) if error.may_pass() => {
                tracing::error!(%error, "the store did not answer");
                Self::Unavailable
            }
            services::Failure::Store(error) => Self::internal(&error),
        }
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
            Self::SignIn => StatusCode::UNAUTHORIZED.into_response(),
            Self::NotFound => StatusCode::NOT_FOUND.into_response(),
            Self::Forbidden => StatusCode::FORBIDDEN.into_response(),
            Self::Contended => StatusCode::CONFLICT.into_response(),
            Self::TooMany { retry_after_s } => wait(StatusCode::TOO_MANY_REQUESTS, retry_after_s),
            Self::Unavailable => wait(StatusCode::SERVICE_UNAVAILABLE, UNAVAILABLE_RETRY_S),
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}
