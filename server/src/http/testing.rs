//! Use cases over a fresh store, and requests to routes, for tests.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use services::ports::gateway::{CallbackRefusal, CallbackRequest, SignedCallback};
use services::testing::{
    CapturingMailer, ManualClock, MemoryBlobs, Script, SeededRandom, StampPreviews,
};
use services::{CodeKey, Config, Parts, Services};
use storage_sqlite::testing::TemporaryStore;
use tower::ServiceExt as _;

/// The header that makes a callback the test gateway's own.
pub const SIGNED: &str = "x-signed";

/// Use cases, with a store that lives as long.
pub struct House {
    pub services: Arc<Services>,
    pub clock: Arc<ManualClock>,
    _store: TemporaryStore,
}

impl House {
    pub fn open() -> Self {
        let store = TemporaryStore::new();
        let clock = Arc::new(ManualClock::default());
        let services = Services::new(Parts {
            store: store.store(),
            clock: Arc::clone(&clock) as _,
            random: Arc::new(SeededRandom::new(7)),
            mailer: Arc::new(CapturingMailer::default()),
            gateway: Arc::new(Trusting),
            blobs: Arc::new(MemoryBlobs::default()),
            previews: Arc::new(StampPreviews),
            config: Config::new("https://amn.example", CodeKey::new([9; 32])),
        });
        Self {
            services: Arc::new(services),
            clock,
            _store: store,
        }
    }
}

/// The status of an answer to a GET.
pub async fn get(router: &Router, path: &str) -> StatusCode {
    let request = Request::get(path).body(Body::empty()).unwrap();
    send(router, request).await
}

/// The status of an answer.
pub async fn send(router: &Router, request: Request<Body>) -> StatusCode {
    router.clone().oneshot(request).await.unwrap().status()
}

/// A gateway that knows its own callbacks by a header, and is away otherwise.
#[derive(Debug)]
struct Trusting;

impl Script for Trusting {
    fn verify_callback(
        &self,
        callback: &CallbackRequest<'_>,
    ) -> Result<SignedCallback, CallbackRefusal> {
        let is_signed = callback.headers.iter().any(|(name, _)| *name == SIGNED);
        is_signed
            .then_some(SignedCallback::Unreadable)
            .ok_or(CallbackRefusal::Unsigned)
    }
}
