//! The door over a fresh store, and calls through it.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use browser::cookies;
use domain::id::SessionId;
use domain::password::Password;
use domain::role::{Role, Roles};
use domain::text::Line;
use domain::{Email, Language, Span, User, UserStatus};
use serde_json::Value;
use services::config::PasswordCost;
use services::identity::{SessionKind, SignIn};
use services::people::CreateAccount;
use services::ports::PaymentGateway;
use services::testing::{
    CapturingMailer, GatewayAway, ManualClock, MemoryBlobs, SeededRandom, StampPreviews,
};
use services::{Actor, Client, ClientAddress, CodeKey, Config, Parts, Person, Services};
use storage_sqlite::testing::TemporaryStore;
use tower::ServiceExt as _;
use uuid::Uuid;

/// A password that passes every rule.
pub const PASSWORD: &str = "tall ships sail at dawn";

/// An address that takes tokens on EVM networks.
pub const ADDRESS: &str = "0x52908400098527886E0F7030069857D2E4169EE7";

/// What a buyer wants, as a program sends it.
pub fn wanted() -> Value {
    serde_json::json!({
        "title": "A used camera",
        "description": "With a charger.",
        "categoryId": "phones",
        "productType": "physical_product",
        "budget": { "max": "120.5", "currency": "USDT" },
        "deliveryInfo": { "type": "physical", "address": {
            "recipient": "Sara", "street": "12 Valiasr", "city": "Tehran", "country": "ir",
        }},
    })
}

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

impl Answer {
    /// The fields that are wrong, as they are named.
    pub fn fields(&self) -> Vec<&str> {
        let errors = self.json["errors"].as_array();
        let errors = errors.unwrap_or_else(|| panic!("no field is wrong: {self:?}"));
        let named = errors.iter().map(|error| error["field"].as_str());
        named.map(Option::unwrap).collect()
    }

    /// Checks that it is this refusal.
    pub fn refused(&self, status: StatusCode, code: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.json["code"], code, "{self:?}");
    }
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
        let token = self.sign_in(&user).await;
        if status == UserStatus::Suspended {
            let admin = self.account(Roles::NONE.with(Role::Admin)).await;
            let admin = Actor::Person(Person::new(&admin, SessionId::from_uuid(Uuid::nil())));
            let reason = Line::new("for a test").unwrap();
            let suspended = self.services.suspend_user(&admin, user.id, reason);
            suspended.await.unwrap();
        }
        token
    }

    /// The access token of a new session.
    pub async fn sign_in(&self, user: &User) -> String {
        let sent = serde_json::json!({ "email": user.email.as_str(), "password": PASSWORD });
        let entered = self.post("/auth/login", &sent).await;
        let token = &entered.json["data"]["tokens"]["accessToken"];
        token.as_str().unwrap().to_owned()
    }

    /// The access token of a new seller who is paid on BNB Smart Chain. It takes a day: whoever
    /// signed in before has to do so again.
    pub async fn seller(&self) -> String {
        let user = self.account(Roles::NONE.with(Role::Seller)).await;
        let token = self.sign_in(&user).await;
        let list = "/user/payout-addresses";
        let sent = serde_json::json!({
            "network": "bsc", "address": ADDRESS, "password": PASSWORD,
        });
        let added = self.call("POST", list, &token, &sent).await;
        let id = added.json["data"]["id"].as_str().unwrap();
        let sent = serde_json::json!({ "code": self.mailed_code().await });
        let confirm = format!("{list}/{id}/confirm");
        let confirmed = self.call("POST", &confirm, &token, &sent).await;
        assert_eq!(confirmed.json["data"]["state"], "waiting", "{confirmed:?}");
        self.clock.advance(Span::hours(25));
        self.sign_in(&user).await
    }

    /// The access token of a new account in use.
    pub async fn active(&self, roles: Roles) -> String {
        self.person(roles, UserStatus::Active).await
    }

    /// The same, with the id of the account.
    pub async fn active_with_id(&self, roles: Roles) -> (String, String) {
        let token = self.active(roles).await;
        let actor = self.services.authenticate_token(&token).await.unwrap();
        let id = actor.unwrap().user.id;
        (token, id.to_string())
    }

    /// Puts the categories of the demo into the store.
    pub async fn stock_categories(&self) {
        self.services.seed_categories(&Actor::System).await.unwrap();
    }

    /// The id of a published request of this buyer's.
    pub async fn published(&self, token: &str) -> String {
        let list = "/marketplace/purchase-requests";
        let drafted = self.keyed("POST", list, token, "draft", &wanted()).await;
        let id = drafted.json["data"]["id"].as_str().unwrap().to_owned();
        let path = format!("{list}/{id}/publish");
        let published = self.keyed("POST", &path, token, "publish", &Value::Null);
        let published = published.await;
        assert_eq!(published.json["data"]["status"], "active", "{published:?}");
        id
    }

    /// A new account in use, whose password is [`PASSWORD`].
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
        self.call_with(method, path, token, None, body).await
    }

    async fn call_with(
        &self,
        method: &str,
        path: &str,
        token: &str,
        header: Option<(&str, &str)>,
        body: &Value,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/api{path}"));
        if let Some((name, value)) = header {
            request = request.header(name, value);
        }
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

    pub async fn get(&self, path: &str, token: &str) -> Answer {
        self.call("GET", path, token, &Value::Null).await
    }

    /// The cookie of a browser in which this person signed in.
    pub async fn browser_cookie(&self, user: &User) -> String {
        let client = Client {
            ip: ClientAddress([198, 51, 100, 7].into()).0,
            user_agent: String::new(),
            language: Language::En,
            device: None,
            kind: SessionKind::Browser,
        };
        let command = SignIn {
            email: user.email.clone(),
            password: Password::typed(PASSWORD),
        };
        let entered = self.services.sign_in(&Actor::Visitor, &client, command);
        let secret = entered.await.unwrap().secret.to_string();
        let set = cookies::Secret::Session.set(&secret, 60, true);
        let cookie = set.to_str().unwrap().split(';').next();
        cookie.unwrap().to_owned()
    }

    /// What a browser reads with this cookie and these headers.
    pub async fn with_headers(&self, path: &str, cookie: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(format!("/api{path}")).header(header::COOKIE, cookie);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// A call with an `Idempotency-Key`.
    pub async fn keyed(
        &self,
        method: &str,
        path: &str,
        token: &str,
        key: &str,
        body: &Value,
    ) -> Answer {
        let header = ("idempotency-key", key);
        self.call_with(method, path, token, Some(header), body)
            .await
    }

    /// A call with an `If-Match`.
    pub async fn matched(
        &self,
        method: &str,
        path: &str,
        token: &str,
        tag: &str,
        body: &Value,
    ) -> Answer {
        let header = ("if-match", tag);
        self.call_with(method, path, token, Some(header), body)
            .await
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
