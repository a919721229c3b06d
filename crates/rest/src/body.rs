//! A JSON body, and what can be wrong with it.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::{Map, Value};

use crate::problem::{FieldProblem, Problem};

/// What was sent as JSON.
#[derive(Debug, Clone)]
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let essence = kind.split(';').next().unwrap_or_default().trim();
        let is_json = essence.eq_ignore_ascii_case("application/json");
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
        read(&bytes).map(Self)
    }
}

/// Reads a body. What is there instead of what is asked for may be a secret: only its place is told.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json)
        .map_err(|error| refused(error.path().to_string(), error.inner()))?;
    json.end().map_err(|error| refused(String::new(), &error))?;
    Ok(value)
}

/// Fields that change: what is sent takes the place of what was, `null` takes it out (RFC 7396).
///
/// # Errors
/// 422 for what is then not of the kind that is asked for.
pub fn merged<T: Serialize + DeserializeOwned>(before: &T, patch: Value) -> Result<T, Problem> {
    let mut whole = serde_json::to_value(before).map_err(|_| Problem::internal())?;
    merge(&mut whole, patch);
    serde_path_to_error::deserialize(whole)
        .map_err(|error| refused(error.path().to_string(), error.inner()))
}

fn merge(target: &mut Value, patch: Value) {
    let Value::Object(fields) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    for (name, value) in fields {
        let whole = target.as_object_mut().expect("it was made an object");
        if value.is_null() {
            whole.remove(&name);
        } else {
            merge(whole.entry(name).or_insert(Value::Null), value);
        }
    }
}

/// JSON that is not what is asked for names its field; what is no JSON names its place.
fn refused(place: String, error: &serde_json::Error) -> Problem {
    if error.classify() == Category::Data {
        return Problem::fields(vec![FieldProblem {
            field: missing(error).unwrap_or(place).into(),
            code: "INVALID",
            message: "missing, or not of the kind that is asked for".to_owned(),
        }]);
    }
    let (line, column) = (error.line(), error.column());
    let detail = format!("the body is not JSON (line {line}, column {column})");
    Problem::new(StatusCode::BAD_REQUEST, "MALFORMED_JSON", detail)
}

/// The name of a field that is not there; serde tells it in words alone.
fn missing(error: &serde_json::Error) -> Option<String> {
    let words = error.to_string();
    let (name, _) = words.strip_prefix("missing field `")?.split_once('`')?;
    Some(name.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_patch_changes_what_it_names_and_null_takes_out() {
        let mut whole = json!({ "a": 1, "b": { "c": 2, "d": 3 }, "e": [1, 2] });
        let patch = json!({ "a": null, "b": { "c": 4 }, "e": [5], "f": { "g": null } });
        merge(&mut whole, patch);
        assert_eq!(whole, json!({ "b": { "c": 4, "d": 3 }, "e": [5], "f": {} }));
    }
}
