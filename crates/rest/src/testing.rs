//! The door over a fresh store, and calls through it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::id::SessionId;
use domain::password::Password;
use domain::role::{Role, Roles};
use domain::text::Line;
use domain::{Email, Language, User, UserStatus};
use serde_json::Value;
use services::config::PasswordCost;
use services::people::CreateAccount;
use services::ports::PaymentGateway;
use services::testing::{
    CapturingMailer, GatewayAway, ManualClock, MemoryBlobs, SeededRandom, StampPreviews,
};
use services::{Actor, ClientAddress, CodeKey, Config, Parts, Person, Services};
use storage_sqlite::testing::TemporaryStore;
use tower::ServiceExt as _;
use uuid::Uuid;

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
    /// The body as it came.
    pub text: String,
}

impl Door {
    pub fn open() -> Self {
        Self::with_gateway(Arc::new(ManualClock::default()), Arc::new(GatewayAway))
    }

    /// With a gateway that goes by the same clock.
    pub fn with_gateway(clock: Arc<ManualClock>, gateway: Arc<dyn PaymentGateway>) -> Self {
        let store = TemporaryStore::new();
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
            gateway,
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

    /// The access token of a new account; one of a seller may sell.
    pub async fn person(&self, roles: Roles, status: UserStatus) -> String {
        let user = self.account(roles).await;
        let sent = serde_json::json!({ "email": user.email.as_str(), "password": PASSWORD });
        let entered = self.post("/auth/login", &sent).await;
        if status == UserStatus::Suspended {
            let admin = self.account(Roles::NONE.with(Role::Admin)).await;
            let admin = Actor::Person(Person::new(&admin, SessionId::from_uuid(Uuid::nil())));
            let reason = Line::new("for a test").unwrap();
            let suspended = self.services.suspend_user(&admin, user.id, reason);
            suspended.await.unwrap();
        }
        let token = &entered.json["data"]["tokens"]["accessToken"];
        token.as_str().unwrap().to_owned()
    }

    pub async fn account(&self, roles: Roles) -> User {
        let number = u64::from_be_bytes(self.services.random().bytes());
        let account = CreateAccount {
            email: Email::new(&format!("person{number}@example.com")).unwrap(),
            password: Password::typed(PASSWORD),
            first_name: None,
            last_name: None,
            roles,
            language: Language::En,
        };
        let account = self.services.create_account(&Actor::System, account);
        account.await.unwrap()
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
            text: String::from_utf8_lossy(&bytes).into_owned(),
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

    /// The six digits of the last letter that has some.
    pub async fn mailed_code(&self) -> String {
        let limit = services::paging::Limit::MAX;
        self.services
            .deliver_mail(&Actor::System, limit)
            .await
            .unwrap();
        let letters = self.mailer.take();
        let lines = letters.iter().rev().flat_map(|letter| letter.text.lines());
        let code = lines.map(str::trim).find(|line| {
            line.len() == 7
                && line
                    .chars()
                    .all(|char| char.is_ascii_digit() || char == ' ')
        });
        code.expect("a letter has a code").replace(' ', "")
    }
}
