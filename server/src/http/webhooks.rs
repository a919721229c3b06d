//! The gateway's callbacks: verified on their raw bytes, acknowledged with 202 once committed.
//!
//! SHKeeper takes nothing but 202 for an acknowledgement and sends everything else again.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use services::Services;
use services::payments::TakeCallbackError;
use services::ports::gateway::CallbackRequest;

/// A callback lists the transactions of one invoice; a larger one is not the gateway's.
const BODY_MAX: usize = 1_000_000;

/// The routes that a gateway calls.
pub fn routes(services: Arc<Services>) -> Router {
    Router::new()
        .route("/api/payment/shkeeper/webhook", post(take))
        .route("/api/payment/shkeeper/payout-webhook", post(take))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .with_state(services)
}

async fn take(
    State(services): State<Arc<Services>>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    // The task is awaited to its end even if the gateway hangs up: a commit is never cut in two.
    let taken = tokio::spawn(async move {
        let headers: Vec<(&str, &str)> = headers
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
            .collect();
        let callback = CallbackRequest {
            headers: &headers,
            body: &body,
        };
        services.take_callback(&callback).await
    });
    match taken.await {
        Ok(Ok(outcome)) => {
            tracing::info!(?outcome, "a callback was taken");
            StatusCode::ACCEPTED
        }
        Ok(Err(TakeCallbackError::Refused(refusal))) => {
            tracing::warn!(%refusal, "a callback was refused");
            StatusCode::UNAUTHORIZED
        }
        Ok(Err(TakeCallbackError::Later(error))) => {
            tracing::warn!(%error, "a callback has to come again");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Err(error) => {
            tracing::error!(%error, "taking a callback stopped in the middle");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;

    use super::*;
    use crate::http::testing::{House, SIGNED, send};

    fn callback(is_signed: bool, body: impl Into<Body>) -> Request<Body> {
        let mut request = Request::post("/api/payment/shkeeper/webhook");
        if is_signed {
            request = request.header(SIGNED, "yes");
        }
        request.body(body.into()).unwrap()
    }

    #[tokio::test]
    async fn a_signed_callback_is_acknowledged_with_202_once_it_is_kept() {
        let house = House::open();
        let router = routes(Arc::clone(&house.services));
        let answer = send(&router, callback(true, "what is this")).await;
        assert_eq!(answer, StatusCode::ACCEPTED);
        let waiting = house.services.status().await.unwrap().dead_letters;
        assert_eq!(waiting, 1, "it fits nothing of ours: a person looks");
    }

    #[tokio::test]
    async fn a_callback_that_is_not_the_gateways_is_refused() {
        let house = House::open();
        let router = routes(Arc::clone(&house.services));
        let answer = send(&router, callback(false, "{}")).await;
        assert_eq!(answer, StatusCode::UNAUTHORIZED);
        assert_eq!(house.services.refused_callbacks().unsigned, 1);
    }

    #[tokio::test]
    async fn a_callback_that_cannot_be_kept_has_to_come_again() {
        let house = House::open();
        let router = routes(Arc::clone(&house.services));
        house.services.store().close().await;
        let answer = send(&router, callback(true, "what is this")).await;
        assert_eq!(answer, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn a_callback_that_is_too_large_is_not_read() {
        let house = House::open();
        let router = routes(Arc::clone(&house.services));
        let answer = send(&router, callback(true, vec![b' '; BODY_MAX + 1])).await;
        assert_eq!(answer, StatusCode::PAYLOAD_TOO_LARGE);
    }
}
