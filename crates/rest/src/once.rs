//! `Idempotency-Key`: what makes one command of however many copies of it arrive.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use domain::id::CommandKey;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Required, Type};

use crate::problem::Problem;

const HEADER: &str = "idempotency-key";

/// The key of a command that creates something or moves money. The caller makes one for each thing
/// they want done, and sends it again whenever they have to ask again.
#[derive(Debug, Clone)]
pub struct IdempotencyKey(pub CommandKey);

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let refused = |code, detail: &str| Problem::new(StatusCode::BAD_REQUEST, code, detail);
        let mut keys = parts.headers.get_all(HEADER).iter();
        let (Some(key), None) = (keys.next(), keys.next()) else {
            let detail = "send one Idempotency-Key: a fresh random word for each thing you want \
                          done, the same one when you try again";
            return Err(refused("IDEMPOTENCY_KEY_NEEDED", detail));
        };
        let key = key.to_str().map(CommandKey::new);
        let Ok(Ok(key)) = key else {
            let detail = "an Idempotency-Key is 1 to 128 visible ASCII characters";
            return Err(refused("INVALID_IDEMPOTENCY_KEY", detail));
        };
        Ok(Self(key))
    }
}

impl IntoParams for IdempotencyKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let about = "A fresh random word for each thing you want done, the same one when you try \
                     again: it is then done once. With another body it is refused.";
        let key = ParameterBuilder::new()
            .name("Idempotency-Key")
            .parameter_in(ParameterIn::Header)
            .required(Required::True)
            .description(Some(about))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .example(Some("4f0e6b0e-7d0a-4d0c-9c63-8f3f7f3a2f11".into()));
        vec![key.build()]
    }
}
