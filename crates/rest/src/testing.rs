//! The door over a fresh store, and calls through it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use services::config::PasswordCost;
use services::testing::{
    CapturingMailer, GatewayAway, ManualClock, MemoryBlobs, SeededRandom, StampPreviews,
};
use services::{Actor, ClientAddress, CodeKey, Config, Parts, Services};
use storage_sqlite::testing::TemporaryStore;
use tower::ServiceExt as _;

/// A password that passes every rule.
pub const PASSWORD: &str = "tall ships sail at dawn";

/// An Amn with nothing but this door.
pub struct Door {
    pub services: Arc<Services>,
    pub clock: Arc<ManualClock>,
    mailer: Arc<CapturingMailer>,
    router: Router,
    _store: TemporaryStore,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: axum::http::HeaderMap,
    pub json: Value,
}

impl Door {
    pub fn open() -> Self {
        let store = TemporaryStore::new();
        let clock = Arc::new(ManualClock::default());
        let mailer = Arc::new(CapturingMailer::default());
        let mut config = Config::new("https://amn.example", CodeKey::new([9; 32]));
        // Tests ask what is computed, not what it costs.
        config.identity.password_cost = PasswordCost {
            memory_kib: 8,
            passes: 1,
        };
        let services = Arc::new(Services::new(Parts {
            store: store.store(),
            clock: Arc::clone(&clock) as _,
            random: Arc::new(SeededRandom::new(7)),
            mailer: Arc::clone(&mailer) as _,
            gateway: Arc::new(GatewayAway),
            blobs: Arc::new(MemoryBlobs::default()),
            previews: Arc::new(StampPreviews),
            config,
        }));
        Self {
            router: crate::router(Arc::clone(&services)),
            services,
            clock,
            mailer,
            _store: store,
        }
    }

    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        let address = ClientAddress([198, 51, 100, 7].into());
        request.extensions_mut().insert(address);
        let answer = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            json: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        }
    }

    /// A call with a token, if any, and a body, if any.
    pub async fn call(&self, method: &str, path: &str, token: &str, body: &Value) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/api{path}"));
        if !token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = if body.is_null() {
            Body::empty()
        } else {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        };
        self.send(request.body(body).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, "", body).await
    }

    /// The six digits of the letter that was sent last.
    pub async fn mailed_code(&self) -> String {
        let limit = services::paging::Limit::MAX;
        self.services
            .deliver_mail(&Actor::System, limit)
            .await
            .unwrap();
        let letter = self.mailer.take().pop().expect("a letter was sent");
        let code = letter.text.lines().map(str::trim).find(|line| {
            line.len() == 7
                && line
                    .chars()
                    .all(|char| char.is_ascii_digit() || char == ' ')
        });
        code.expect("the letter has a code").replace(' ', "")
    }
}
