//! A deal between a buyer and a seller, and a gateway spoken to over HTTP as in production: all
//! that people do goes through this door.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use domain::deal::{Deal, State};
use domain::id::DealId;
use domain::{Role, Roles, Span, User};
use gateway_shkeeper::{PayoutLogin, Settings, Shkeeper};
use serde_json::{Value, json};
use services::jobs::Job;
use services::testing::{ManualClock, SeededRandom};
use shkeeper_simulator::{Config, Running, Simulator, Ticks, TimeSource};

use crate::testing::{Answer, Door, PASSWORD};

/// Where everybody is paid.
pub const ADDRESS: &str = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const KEY: &str = "the wallet's key";
const PAYOUT_PASSWORD: &str = "the admin's password";

/// A house with a deal in it.
pub struct Bank {
    pub door: Door,
    gateway: Running,
    http: reqwest::Client,
    pub buyer: User,
    pub seller: User,
    pub request: String,
    pub deal: DealId,
    keys: Cell<u32>,
}

/// A dollar has so many base units on Polygon.
pub const USD: u64 = 1_000_000;

impl Bank {
    /// An accepted offer of 100 USDT on Polygon.
    pub async fn open() -> Self {
        Self::priced("100").await
    }

    /// The same at another price.
    pub async fn priced(price: &str) -> Self {
        let clock = Arc::new(ManualClock::default());
        let gateway = simulator(&clock).await;
        let port = Shkeeper::new(settings(&gateway), Arc::new(SeededRandom::new(3))).unwrap();
        let door = Door::with_gateway(clock, Arc::new(port));
        let buyer = door.account(Roles::BUYER).await;
        let seller = door.account(Roles::BUYER.with(Role::Seller)).await;
        for person in [&buyer, &seller] {
            confirm_address(&door, &token(&door, person).await).await;
        }
        // A new payout address waits for a day before money goes there.
        door.clock.advance(Span::hours(25));
        let (buys, sells) = (token(&door, &buyer).await, token(&door, &seller).await);
        let (request, deal) = deal_between(&door, &buys, &sells, price).await;
        let http = http_client::client().unwrap();
        Self {
            door,
            gateway,
            http,
            buyer,
            seller,
            request,
            deal: deal.parse().unwrap(),
            keys: Cell::new(0),
        }
    }

    /// The same, paid.
    pub async fn funded() -> Self {
        Self::funded_with("100").await
    }

    /// The same at another price.
    pub async fn funded_with(price: &str) -> Self {
        let bank = Self::priced(price).await;
        bank.pay(price).await;
        bank.expect(State::Funded).await;
        bank
    }

    /// The same, shipped.
    pub async fn shipped() -> Self {
        let bank = Self::funded().await;
        let sent = json!({ "carrier": "Post", "tracking": "7" });
        let shipped = bank.step(&bank.seller, "PUT", "delivery", sent).await;
        assert_eq!(shipped.status, 200, "{shipped:?}");
        bank
    }

    /// Somebody of the staff.
    pub async fn staff(&self, role: Role) -> User {
        self.door.account(Roles::NONE.with(role)).await
    }

    /// Pays to the deal's address, which its buyer asks for first.
    pub async fn pay(&self, amount: &str) {
        let asked = self.address().await;
        let address = asked.json["data"]["address"].as_str().unwrap();
        let order = json!({ "address": address, "amount": amount });
        let url = format!("http://{}/control/pay", self.gateway.address());
        let paid = self.http.post(url).json(&order).send().await.unwrap();
        paid.error_for_status().unwrap();
        self.settle().await;
    }

    /// The buyer's intent.
    pub async fn address(&self) -> Answer {
        let sent = json!({ "dealId": self.deal.to_string() });
        self.call(&self.buyer, "POST", "/payment/shkeeper/intents", sent)
            .await
    }

    /// Runs every job until nothing is left to do for now.
    pub async fn settle(&self) {
        for _ in 0..4 {
            self.gateway.simulator().tick().await;
            self.door.clock.advance(Span::seconds(31));
            for job in Job::ALL {
                let ran = self.door.services.run_job(job, "test").await;
                ran.unwrap().unwrap();
            }
        }
    }

    /// Lets time pass, with a sign of life in every stretch of it.
    pub async fn wait(&self, span: Span) {
        let mut left = span;
        while left > Span::ZERO {
            let step = left.min(Span::minutes(9));
            self.door.clock.advance(step);
            left = left.minus(step);
            let beat = self.door.services.run_job(Job::Heartbeat, "test");
            beat.await.unwrap();
        }
        self.settle().await;
    }

    /// The deal as it is stored.
    pub async fn stored(&self) -> Deal {
        let deals = self.door.services.store().deals();
        deals.find(self.deal).await.unwrap().unwrap()
    }

    #[track_caller]
    pub fn expect(&self, state: State) -> impl Future<Output = Deal> + use<'_> {
        let place = std::panic::Location::caller();
        async move {
            let deal = self.stored().await;
            assert_eq!(deal.state, state, "{place}");
            assert_eq!(deal.check(), Ok(()));
            deal
        }
    }

    /// A step in the deal under a fresh key.
    pub async fn step(&self, who: &User, method: &str, step: &str, body: Value) -> Answer {
        let path = format!("/marketplace/deals/{}/{step}", self.deal);
        self.call(who, method, &path, body).await
    }

    /// A look at the deal, or at what stands behind it.
    pub async fn look(&self, who: &User, tail: &str) -> Answer {
        let path = format!("/marketplace/deals/{}{tail}", self.deal);
        self.call(who, "GET", &path, Value::Null).await
    }

    /// A call under a fresh key.
    pub async fn call(&self, who: &User, method: &str, path: &str, body: Value) -> Answer {
        let key = self.keys.get() + 1;
        self.keys.set(key);
        let headers = [("idempotency-key", format!("key-{key}"))];
        self.send(who, method, path, body, &headers).await
    }

    /// A call with these headers. Its token is a fresh one: time passes in these tests.
    pub async fn send(
        &self,
        who: &User,
        method: &str,
        path: &str,
        body: Value,
        headers: &[(&str, String)],
    ) -> Answer {
        let token = self.token(who).await;
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let body = if body.is_null() {
            Body::empty()
        } else {
            request = request.header(header::CONTENT_TYPE, "application/json");
            Body::from(body.to_string())
        };
        self.door.send(request.body(body).unwrap()).await
    }

    pub async fn token(&self, who: &User) -> String {
        token(&self.door, who).await
    }
}

/// Somebody names an address on Polygon, and confirms it by the mailed code.
async fn confirm_address(door: &Door, token: &str) {
    let list = "/user/payout-addresses";
    let sent = json!({ "network": "polygon", "address": ADDRESS, "password": PASSWORD });
    let added = door.call("POST", list, token, &sent).await;
    let id = added.json["data"]["id"].as_str().unwrap();
    let sent = json!({ "code": door.mailed_code().await });
    let path = format!("{list}/{id}/confirm");
    let confirmed = door.call("POST", &path, token, &sent).await;
    assert_eq!(confirmed.status, 200, "{confirmed:?}");
}

/// A request, an offer on it, and the deal that accepting it opens.
async fn deal_between(door: &Door, buyer: &str, seller: &str, price: &str) -> (String, String) {
    door.stock_categories().await;
    let request = door.published(buyer).await;
    let path = format!("/marketplace/purchase-requests/{request}");
    let offer = json!({
        "title": "Canon AE-1",
        "description": "Serviced last year.",
        "price": { "amount": price, "currency": "USDT" },
        "deliveryTime": { "amount": 10, "unit": "days" },
        "networks": ["polygon"],
    });
    let offers = format!("{path}/offers");
    let made = door.keyed("POST", &offers, seller, "offer", &offer).await;
    let id = made.json["data"]["id"].as_str().unwrap();
    let terms = format!("{offers}/{id}/terms?network=polygon");
    let terms = door.get(&terms, buyer).await.json["data"].clone();
    let choice = json!({
        "offerId": id,
        "offerVersion": terms["offerVersion"],
        "termsHash": terms["termsHash"],
        "network": "polygon",
        "token": "USDT",
    });
    let select = format!("{path}/select-offer");
    let opened = door.keyed("POST", &select, buyer, "select", &choice).await;
    let deal = opened.json["data"]["dealId"].as_str();
    (
        request,
        deal.unwrap_or_else(|| panic!("{opened:?}")).to_owned(),
    )
}

async fn token(door: &Door, who: &User) -> String {
    let sent = json!({ "email": who.email.as_str(), "password": PASSWORD });
    let entered = door.post("/auth/login", &sent).await;
    let token = &entered.json["data"]["tokens"]["accessToken"];
    token.as_str().unwrap().to_owned()
}

async fn simulator(clock: &Arc<ManualClock>) -> Running {
    let clock = Arc::clone(clock);
    let config = Config {
        api_key: KEY.to_owned(),
        payout_user: "admin".to_owned(),
        payout_password: PAYOUT_PASSWORD.to_owned(),
        seed: 7,
        confirmations: 1,
        ticks: Ticks::ByHand,
        callback_timeout: Duration::from_secs(1),
        state_file: None,
        opening_balance: 10_000,
        payouts_by_hand: false,
        clock: TimeSource::new(move || services::ports::Clock::now(&*clock).unix_ms()),
    };
    let started = Simulator::spawn(config, ([127, 0, 0, 1], 0).into());
    started.await.unwrap()
}

fn settings(gateway: &Running) -> Settings {
    Settings {
        url: format!("http://{}", gateway.address()).parse().unwrap(),
        api_key: KEY.into(),
        webhook_secret: None,
        payout_login: Some(PayoutLogin {
            user: "admin".to_owned(),
            password: PAYOUT_PASSWORD.into(),
        }),
        // Nobody listens there: what follows is found by polling alone.
        callback_url: "http://127.0.0.1:9/webhook".parse().unwrap(),
        unsigned_callbacks: false,
        timeout: Duration::from_secs(5),
        retry_pause: Duration::from_millis(10),
    }
}
