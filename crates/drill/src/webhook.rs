//! Where the gateway calls back: what the server's own route does, over HTTP.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use services::Services;
use services::payments::TakeCallbackError;
use services::ports::gateway::CallbackRequest;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::Fault;

/// The use cases as they were last put together.
pub(crate) type Current = Arc<Mutex<Arc<Services>>>;

pub(crate) fn current(services: &Current) -> Arc<Services> {
    let current = services.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(&current)
}

/// Answers callbacks until it is dropped.
#[derive(Debug)]
pub(crate) struct Webhook(JoinHandle<()>);

impl Webhook {
    pub(crate) async fn listen() -> Result<(TcpListener, SocketAddr), Fault> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    }

    pub(crate) fn serve(listener: TcpListener, services: Current) -> Self {
        let router = Router::new().route("/", post(take)).with_state(services);
        Self(tokio::spawn(async move {
            // It ends with the drill.
            drop(axum::serve(listener, router).await);
        }))
    }
}

impl Drop for Webhook {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn take(State(services): State<Current>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
        .collect();
    let callback = CallbackRequest {
        headers: &headers,
        body: &body,
    };
    match current(&services).take_callback(&callback).await {
        Ok(_) => StatusCode::ACCEPTED,
        Err(TakeCallbackError::Refused(_)) => StatusCode::UNAUTHORIZED,
        Err(TakeCallbackError::Later(_)) => StatusCode::SERVICE_UNAVAILABLE,
    }
}
