//! What stands behind the question mark of an address, and what can be wrong with it.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::problem::{FieldProblem, Problem};

/// What was asked for in the address. Fields are optional texts: each endpoint reads them itself
/// and says what is wrong with which.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let asked = parts.uri.query().unwrap_or_default();
        let pairs = serde_html_form::Deserializer::from_bytes(asked.as_bytes());
        let read = serde_path_to_error::deserialize(pairs);
        read.map(Self).map_err(|error| {
            Problem::fields(vec![FieldProblem {
                field: error.path().to_string().into(),
                code: "INVALID",
                message: "not of the kind that is asked for, or there twice".to_owned(),
            }])
        })
    }
}
