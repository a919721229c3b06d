//! `ETag` and `If-Match` (RFC 9110): which version somebody read, and on which they decided.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Required, Type};

use crate::answer::Data;
use crate::problem::Problem;

/// A success whose `ETag` is the version of what it shows.
#[derive(Debug, Clone)]
pub struct Versioned<T> {
    data: T,
    version: u64,
}

impl<T> Versioned<T> {
    /// What was asked for, as of this version.
    pub const fn new(data: T, version: u64) -> Self {
        Self { data, version }
    }
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let tag = HeaderValue::from_str(&format!("\"{}\"", self.version));
        let tag = tag.expect("a number between quotes is plain ASCII");
        let mut response = Data::new(self.data).into_response();
        response.headers_mut().insert(header::ETAG, tag);
        response
    }
}

/// The version that an edit was decided on, by `If-Match`; none when the caller does not say.
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(pub Option<u64>);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        read(&parts.headers).map(Self)
    }
}

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let about = "The `ETag` that you read: refused with 412 when it changed since.";
        let tag = ParameterBuilder::new()
            .name("If-Match")
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(about))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .example(Some("\"3\"".into()));
        vec![tag.build()]
    }
}

/// 412: what was read has changed since.
pub fn changed_since() -> Problem {
    let detail = "it changed since you read it; read it again and decide anew";
    Problem::new(StatusCode::PRECONDITION_FAILED, "STALE", detail)
}

fn read(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(tag) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let tag = tag.to_str().unwrap_or_default().trim();
    if tag == "*" {
        return Ok(None);
    }
    let version = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    let version = version.and_then(|version| version.parse().ok());
    version.map(Some).ok_or_else(|| {
        let detail = "If-Match takes one ETag that we gave, with its quotes";
        Problem::new(StatusCode::BAD_REQUEST, "INVALID_IF_MATCH", detail)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(tag: &str) -> Result<Option<u64>, Problem> {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_MATCH, HeaderValue::from_str(tag).unwrap());
        read(&headers)
    }

    #[test]
    fn an_edit_names_the_version_that_was_read() {
        assert_eq!(sent("\"7\"").unwrap(), Some(7));
        assert_eq!(sent("*").unwrap(), None);
        assert_eq!(read(&HeaderMap::new()).unwrap(), None);
        for wrong in ["7", "W/\"7\"", "\"x\"", "\"1\", \"2\"", ""] {
            assert!(sent(wrong).is_err(), "{wrong}");
        }
    }
}
