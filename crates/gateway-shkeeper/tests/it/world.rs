//! A simulator, a gateway that talks to it, a shop that hears its callbacks, and a clock by hand.

use core::time::Duration;
use std::sync::atomic::{AtomicI64, AtomicU16, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use domain::deal::LegId;
use domain::id::{DealId, IntentId};
use domain::{Asset, Network, Timestamp, Token, Units};
use gateway_shkeeper::{PayoutLogin, Settings, Shkeeper};
use serde_json::{Value, json};
use services::ports::PaymentGateway;
use services::ports::gateway::{
    AddressRequest, CallbackRefusal, CallbackRequest, ExternalId, ObservedTransfer, PayoutAnswer,
    PayoutOrder, PayoutQuery, Received, SignedCallback, TaskId, Watched,
};
use services::testing::SeededRandom;
use shkeeper_simulator::{Config, Running, Simulator, Ticks, TimeSource};
use tokio::net::TcpListener;

pub(crate) const API_KEY: &str = "the wallet's key";
pub(crate) const PAYEE: &str = "0x55d398326f99059fF775485246999027B3197955";
const START_MS: i64 = 1_790_000_000_000;

pub(crate) struct World {
    pub(crate) gateway: Arc<Shkeeper>,
    pub(crate) simulator: Running,
    pub(crate) shop: Arc<Shop>,
    pub(crate) settings: Settings,
    clock: Arc<AtomicI64>,
    http: reqwest::Client,
}

/// The side that hears callbacks.
#[derive(Debug, Default)]
pub(crate) struct Shop {
    heard: Mutex<Vec<Heard>>,
    /// What is answered to everything; zero asks the gateway: 202 when it is its own, 401 else.
    answer: AtomicU16,
    gateway: OnceLock<(Arc<Shkeeper>, Arc<AtomicI64>)>,
}

/// A callback as it came in.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Heard {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(own, _)| own == name);
        &found.unwrap().1
    }

    pub(crate) fn verified(
        &self,
        gateway: &Shkeeper,
        now: Timestamp,
    ) -> Result<SignedCallback, CallbackRefusal> {
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let request = CallbackRequest {
            headers: &headers,
            body: &self.body,
        };
        gateway.verify_callback(&request, now)
    }
}

impl Shop {
    pub(crate) fn answers(&self, status: u16) {
        self.answer.store(status, Ordering::SeqCst);
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    fn hear(&self, heard: Heard) -> StatusCode {
        let fixed = self.answer.load(Ordering::SeqCst);
        let (gateway, clock) = self.gateway.get().unwrap();
        let now = Timestamp::from_unix_ms(clock.load(Ordering::SeqCst));
        let verified = heard.verified(gateway, now);
        self.heard.lock().unwrap().push(heard);
        match (fixed, verified) {
            (0, Ok(_)) => StatusCode::ACCEPTED,
            (0, Err(_)) => StatusCode::UNAUTHORIZED,
            (status, _) => StatusCode::from_u16(status).unwrap(),
        }
    }

    async fn serve(self: Arc<Self>) -> reqwest::Url {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/hook", post(hook)).with_state(self);
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}/hook").parse().unwrap()
    }
}

async fn hook(State(shop): State<Arc<Shop>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let headers = headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    shop.hear(Heard {
        headers,
        body: body.to_vec(),
    })
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}, |_| {}).await
    }

    pub(crate) async fn with(
        change: impl FnOnce(&mut Settings),
        simulate: impl FnOnce(&mut Config),
    ) -> Self {
        let clock = Arc::new(AtomicI64::new(START_MS));
        let shop = Arc::new(Shop::default());
        let callback_url = Arc::clone(&shop).serve().await;
        let mut config = config(Arc::clone(&clock));
        simulate(&mut config);
        let simulator = Simulator::spawn(config, ([127, 0, 0, 1], 0).into())
            .await
            .unwrap();
        let url = format!("http://{}", simulator.address()).parse().unwrap();
        let mut settings = settings(url, callback_url);
        change(&mut settings);
        let gateway = Arc::new(gateway(settings.clone()));
        shop.gateway
            .set((Arc::clone(&gateway), Arc::clone(&clock)))
            .unwrap();
        Self {
            gateway,
            simulator,
            shop,
            settings,
            clock,
            http: http_client::builder().no_proxy().build().unwrap(),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_unix_ms(self.clock.load(Ordering::SeqCst))
    }

    pub(crate) fn pass_s(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.simulator.address())
    }

    /// Uses the control interface; it has to agree.
    pub(crate) async fn control(&self, path: &str, body: Value) -> Value {
        let url = self.url(&format!("/control{path}"));
        let answer = self.http.post(url).json(&body).send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Everything the simulator knows, the chain's truth included.
    pub(crate) async fn control_state(&self) -> Value {
        let request = self.http.get(self.url("/control/state"));
        request.send().await.unwrap().json().await.unwrap()
    }

    pub(crate) async fn tick(&self) {
        self.control("/tick", json!({})).await;
    }

    /// Calls SHKeeper's own interface as a shop does.
    pub(crate) async fn shop_get(&self, path: &str) -> (u16, Value) {
        let request = self.http.get(self.url(&format!("/api/v1{path}")));
        let answer = request.header("X-Shkeeper-Api-Key", API_KEY).send();
        let answer = answer.await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    pub(crate) async fn shop_post(&self, path: &str, body: Value) -> (u16, Value) {
        let request = self.http.post(self.url(&format!("/api/v1{path}")));
        let request = request.header("X-Shkeeper-Api-Key", API_KEY).json(&body);
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Asks for an intent's address.
    pub(crate) async fn invoice(&self, name: &str, asset: Asset, due: &str) -> Watched {
        let external_id = intent(name);
        let invoice = self
            .gateway
            .request_address(&AddressRequest {
                external_id: external_id.clone(),
                asset,
                due: units(asset, due),
            })
            .await
            .unwrap();
        Watched {
            external_id,
            asset,
            address: invoice.address,
        }
    }

    /// Pays to an address; answers with the transaction.
    pub(crate) async fn pay(&self, watched: &Watched, how: Value) -> String {
        let mut wish = how;
        wish["address"] = json!(watched.address);
        let paid = self.control("/pay", wish).await;
        paid["txid"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn observed(&self, watched: &Watched) -> Vec<ObservedTransfer> {
        self.gateway.observed_transfers(watched).await.unwrap()
    }

    /// What arrived in a block, of the intent's own asset.
    pub(crate) async fn confirmed(&self, watched: &Watched) -> Units {
        let transfers = self.observed(watched).await;
        let own = transfers
            .into_iter()
            .filter_map(|seen| match seen.received {
                Received::Asset { asset, amount } if asset == watched.asset && seen.confirmed => {
                    Some(amount)
                }
                Received::Asset { .. } | Received::Other { .. } => None,
            });
        Units::sum(own).unwrap()
    }

    pub(crate) async fn balance(&self, asset: Asset) -> Units {
        self.gateway.balance(asset).await.unwrap()
    }
}

fn config(clock: Arc<AtomicI64>) -> Config {
    Config {
        api_key: API_KEY.to_owned(),
        payout_user: "admin".to_owned(),
        payout_password: "the admin's password".to_owned(),
        seed: 7,
        confirmations: 12,
        ticks: Ticks::ByHand,
        callback_timeout: Duration::from_secs(30),
        state_file: None,
        opening_balance: 1_000,
        payouts_by_hand: false,
        clock: TimeSource::new(move || clock.load(Ordering::SeqCst)),
    }
}

pub(crate) fn settings(url: reqwest::Url, callback_url: reqwest::Url) -> Settings {
    Settings {
        url,
        api_key: API_KEY.to_owned().into(),
        webhook_secret: Some("another secret".to_owned().into()),
        payout_login: Some(PayoutLogin {
            user: "admin".to_owned(),
            password: "the admin's password".to_owned().into(),
        }),
        callback_url,
        unsigned_callbacks: false,
        timeout: Duration::from_secs(30),
        retry_pause: Duration::from_millis(1),
    }
}

pub(crate) fn gateway(settings: Settings) -> Shkeeper {
    Shkeeper::new(settings, Arc::new(SeededRandom::new(1))).unwrap()
}

pub(crate) fn bsc() -> Asset {
    Asset::new(Network::Bsc, Token::Usdt).unwrap()
}

pub(crate) fn tron() -> Asset {
    Asset::new(Network::Tron, Token::Usdt).unwrap()
}

pub(crate) fn units(asset: Asset, text: &str) -> Units {
    Units::parse(text, asset.decimals()).unwrap()
}

pub(crate) fn intent(name: &str) -> ExternalId {
    ExternalId::of_intent(IntentId::derived(&[name.as_bytes()]))
}

pub(crate) fn leg(name: &str) -> ExternalId {
    let deal = DealId::derived(&[name.as_bytes()]);
    ExternalId::of_leg(deal, &LegId::Seller, 1).unwrap()
}

pub(crate) fn order(name: &str, asset: Asset, destination: &str, net: &str) -> PayoutOrder {
    PayoutOrder {
        external_id: leg(name),
        asset,
        destination: destination.to_owned(),
        net: units(asset, net),
    }
}

pub(crate) fn query(order: &PayoutOrder, task: Option<TaskId>) -> PayoutQuery {
    PayoutQuery {
        external_id: order.external_id.clone(),
        asset: order.asset,
        task,
    }
}

pub(crate) fn task_of(answer: PayoutAnswer) -> TaskId {
    match answer {
        PayoutAnswer::Sent { task } => task,
        other @ (PayoutAnswer::Refused(_) | PayoutAnswer::Unclear { .. }) => {
            unreachable!("not sent: {other:?}")
        }
    }
}
