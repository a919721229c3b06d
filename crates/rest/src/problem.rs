//! What a refusal looks like: `application/problem+json` (RFC 9457).

use std::borrow::Cow;
use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{Span, Timestamp};
use serde::Serialize;
use services::Services;
use tracing::Instrument as _;
use utoipa::ToSchema;

/// Names a request in the log and in every problem; given by the caller or made by us.
const REQUEST_ID: &str = "x-request-id";
/// Longer names are not taken.
const REQUEST_ID_MAX: usize = 64;

/// Why something was not done. `code` is the stable word; the texts are for people.
#[derive(Debug, Clone)]
pub struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    errors: Vec<FieldProblem>,
    /// When trying again makes sense.
    retry_after: Option<Span>,
    /// How many tries there were, which are used up.
    limit: Option<u32>,
}

/// A [`Problem`] as it is written.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
#[serde(rename_all = "camelCase")]
pub struct ProblemBody {
    /// Always `about:blank`: the code says more than an address would.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'static str,
    /// What the status means.
    #[schema(example = "Unprocessable Entity")]
    title: &'static str,
    /// The status of the answer.
    #[schema(example = 422)]
    status: u16,
    /// What happened, and what helps.
    detail: String,
    /// The path that was asked for.
    #[schema(example = "/api/auth/login")]
    instance: String,
    /// Always false.
    #[schema(example = false)]
    success: bool,
    /// The stable word for programs.
    #[schema(example = "VALIDATION_FAILED")]
    code: &'static str,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
    /// Names the request in the log.
    request_id: String,
}

/// What is wrong with one field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldProblem {
    /// Its name, as it was sent.
    #[schema(example = "email")]
    pub field: Cow<'static, str>,
    /// The stable word for programs.
    #[schema(example = "INVALID_EMAIL")]
    pub code: &'static str,
    /// What is wrong and what helps.
    pub message: String,
}

impl Problem {
    /// A refusal with its stable word, and what happened in words.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after: None,
            limit: None,
        }
    }

    /// 422: fields that cannot be taken as they are.
    pub fn fields(errors: Vec<FieldProblem>) -> Self {
        let names: Vec<&str> = errors.iter().map(|error| &*error.field).collect();
        let detail = format!("not taken as it is: {}", names.join(", "));
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self {
            errors,
            ..Self::new(status, "VALIDATION_FAILED", detail)
        }
    }

    /// 422 for one field.
    pub fn field(field: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::fields(vec![FieldProblem {
            field: field.into(),
            code,
            message,
        }])
    }

    /// 404, also for what the caller may not know exists.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "there is nothing here")
    }

    /// 405.
    pub fn method_not_allowed() -> Self {
        let detail = "this path does not take this method";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", detail)
    }

    /// 500: a fault of ours.
    pub fn internal() -> Self {
        let detail = "this is our fault; we are told of it";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "INTERNAL", detail)
    }

    /// What a refusal becomes that none of ours wrote.
    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Self::method_not_allowed(),
            _ if status.is_server_error() => Self::internal(),
            _ => Self::new(status, "BAD_REQUEST", "this request cannot be read"),
        }
    }

    /// 401: a token that opens something would help.
    pub fn unauthenticated() -> Self {
        let detail = "sign in, or send an access token: Authorization: Bearer …";
        Self::new(StatusCode::UNAUTHORIZED, "SIGN_IN_NEEDED", detail)
    }

    /// Says when trying again makes sense.
    #[must_use]
    pub fn retry_at(mut self, until: Timestamp, now: Timestamp) -> Self {
        self.retry_after = Some(until.since(now));
        self
    }

    /// Says how many tries there were.
    #[must_use]
    pub fn of_limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Says in how many seconds trying again makes sense.
    #[must_use]
    pub fn retry_after_seconds(mut self, seconds: u32) -> Self {
        self.retry_after = Some(Span::seconds(seconds));
        self
    }
}

impl IntoResponse for Problem {
    /// [`name_request`] writes it out: only there is known what was asked for.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives each request its name, and writes problems out with it.
pub async fn name_request(
    State(services): State<Arc<Services>>,
    request: Request,
    next: Next,
) -> Response {
    let given = request.headers().get(REQUEST_ID);
    let given = given.and_then(|name| name.to_str().ok()).filter(|name| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        !name.is_empty() && name.len() <= REQUEST_ID_MAX && name.bytes().all(plain)
    });
    let name = given.map_or_else(|| fresh_name(&services), ToOwned::to_owned);
    let asked = request.extensions().get::<OriginalUri>();
    let path = asked.map_or_else(|| request.uri().path(), |asked| asked.0.path());
    let path = path.to_owned();
    let call = tracing::info_span!("call", request_id = %name);
    let mut response = next.run(request).instrument(call).await;
    let status = response.status();
    let problem = response.extensions_mut().remove::<Problem>();
    let bare = || Problem::of_status(status);
    let is_refusal = status.is_client_error() || status.is_server_error();
    if let Some(problem) = problem.or_else(|| is_refusal.then(bare)) {
        response = written(problem, path, name.clone());
    }
    let headers = response.headers_mut();
    // Tokens and what is somebody's own lie in no cache.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    let name = HeaderValue::from_str(&name).expect("a name of a request is plain ASCII");
    headers.insert(REQUEST_ID, name);
    response
}

fn written(problem: Problem, instance: String, request_id: String) -> Response {
    let Problem {
        status,
        code,
        detail,
        errors,
        retry_after,
        limit,
    } = problem;
    let body = ProblemBody {
        kind: "about:blank",
        title: status.canonical_reason().unwrap_or("Error"),
        status: status.as_u16(),
        detail,
        instance,
        success: false,
        code,
        errors,
        request_id,
    };
    let mut response = (status, Json(body)).into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("application/problem+json");
    headers.insert(header::CONTENT_TYPE, kind);
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if let Some(wait) = retry_after {
        // Rounded up: whoever comes a moment too early is refused again.
        let seconds = (wait.ms().max(0) + 999) / 1_000;
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        if let Some(limit) = limit {
            headers.insert("ratelimit-limit", HeaderValue::from(limit));
            headers.insert("ratelimit-remaining", HeaderValue::from(0));
            headers.insert("ratelimit-reset", HeaderValue::from(seconds));
        }
    }
    response
}

fn fresh_name(services: &Services) -> String {
    let bytes: [u8; 16] = services.random().bytes();
    format!("{:032x}", u128::from_be_bytes(bytes))
}
