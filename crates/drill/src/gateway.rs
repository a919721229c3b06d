//! The gateway's side: the simulator, told what to do, and a guard that looks at every payout in the
//! moment it is sent.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use domain::deal::{Deal, LegState, State};
use domain::{Asset, Network, Timestamp, Units};
use gateway_shkeeper::{PayoutLogin, Settings, Shkeeper};
use serde::Deserialize;
use serde_json::{Value, json};
use services::ports::gateway::{
    AddressFault, AddressRequest, CallbackRefusal, CallbackRequest, GatewayError, Invoice,
    ObservedTransfer, PayoutAnswer, PayoutOrder, PayoutQuery, PayoutState, SentTransfer,
    SignedCallback, Watched,
};
use services::ports::{Clock, PaymentGateway};
use services::testing::{ManualClock, SeededRandom};
use shkeeper_simulator::{Config, Running, Simulator, Ticks, TimeSource};
use storage::Store;

use crate::Fault;

pub(crate) const KEY: &str = "the wallet's key";
const PASSWORD: &str = "the admin's password";

/// How often each thing goes wrong, in parts of a thousand.
const RATES: &str = r#"{
    "lost": 60, "doubled": 120, "delayed": 80, "wrong_signature": 60, "reordered": 300,
    "payout_error_before": 15, "payout_error_after": 25,
    "payout_cut_before": 15, "payout_cut_after": 25
}"#;

/// A simulator, and the way to tell it things.
#[derive(Debug)]
pub(crate) struct Bank {
    running: Running,
    http: reqwest::Client,
}

/// What the chain and the gateway's books say.
#[derive(Debug, Deserialize)]
pub(crate) struct Books {
    pub(crate) transfers: Vec<Transfer>,
    pub(crate) payouts: Vec<Payout>,
    #[serde(default)]
    pub(crate) injected: std::collections::BTreeMap<String, u64>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Transfer {
    pub(crate) txid: String,
    pub(crate) to: String,
    pub(crate) amount: Units,
    pub(crate) way: String,
    stage: Stage,
}

#[derive(Debug, Deserialize)]
struct Stage {
    kind: String,
}

impl Transfer {
    pub(crate) fn is_mined(&self) -> bool {
        self.stage.kind == "mined"
    }

    /// It is on the chain, or may come there.
    pub(crate) fn may_count(&self) -> bool {
        matches!(self.stage.kind.as_str(), "mined" | "waiting")
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Payout {
    pub(crate) external_id: Option<String>,
}

impl Bank {
    pub(crate) async fn open(seed: u64, clock: &Arc<ManualClock>) -> Result<Self, Fault> {
        let clock = Arc::clone(clock);
        let config = Config {
            api_key: KEY.to_owned(),
            payout_user: "admin".to_owned(),
            payout_password: PASSWORD.to_owned(),
            seed,
            confirmations: 2,
            ticks: Ticks::ByHand,
            callback_timeout: Duration::from_secs(10),
            state_file: None,
            // Nothing of the operator's own: what leaves twice is missing to somebody.
            opening_balance: 0,
            payouts_by_hand: false,
            clock: TimeSource::new(move || clock.now().unix_ms()),
        };
        let bank = Self {
            running: Simulator::spawn(config, ([127, 0, 0, 1], 0).into()).await?,
            http: http_client::client()?,
        };
        bank.control("faults", serde_json::from_str(RATES)?).await?;
        Ok(bank)
    }

    /// The production adapter, on this simulator.
    pub(crate) fn adapter(&self, webhook: SocketAddr) -> Result<Shkeeper, Fault> {
        let settings = Settings {
            url: format!("http://{}", self.running.address()).parse()?,
            api_key: KEY.into(),
            webhook_secret: None,
            payout_login: Some(PayoutLogin {
                user: "admin".to_owned(),
                password: PASSWORD.into(),
            }),
            callback_url: format!("http://{webhook}/").parse()?,
            unsigned_callbacks: false,
            timeout: Duration::from_secs(10),
            retry_pause: Duration::from_millis(2),
        };
        Ok(Shkeeper::new(settings, Arc::new(SeededRandom::new(3)))?)
    }

    pub(crate) async fn control(&self, path: &str, body: Value) -> Result<Value, Fault> {
        let url = format!("http://{}/control/{path}", self.running.address());
        let answer = self.http.post(url).json(&body).send().await?;
        let text = answer.error_for_status()?.text().await?;
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// Pays an amount in the address's own coin, and names the transaction.
    pub(crate) async fn pay(
        &self,
        address: &str,
        amount: &str,
        seen: &str,
    ) -> Result<String, Fault> {
        let order = json!({ "address": address, "amount": amount, "seen": seen });
        let paid = self.control("pay", order).await?;
        let txid = paid.get("txid").and_then(Value::as_str);
        Ok(txid.ok_or("a payment without a transaction")?.to_owned())
    }

    /// One round of the gateway's scheduler: blocks, payouts, callbacks.
    pub(crate) async fn tick(&self) {
        self.running.simulator().tick().await;
    }

    pub(crate) async fn calm_down(&self) -> Result<(), Fault> {
        self.control("faults", json!({})).await.map(drop)
    }

    pub(crate) async fn books(&self) -> Result<Books, Fault> {
        let url = format!("http://{}/control/state", self.running.address());
        let answer = self.http.get(url).send().await?.error_for_status()?;
        Ok(serde_json::from_str(&answer.text().await?)?)
    }

    pub(crate) async fn stop(self) {
        self.running.stop().await;
    }
}

/// What a guard saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Payouts that were ordered.
    pub(crate) orders: AtomicU64,
    /// Orders whose leg was not stored as being sent, with that count of its sending.
    pub(crate) unreserved: AtomicU64,
    /// Orders of a deal that is disputed, ruled, suspended, held or in loss.
    pub(crate) forbidden: AtomicU64,
}

/// Looks at the store whenever a payout is ordered; all else it hands on.
#[derive(Debug)]
pub(crate) struct Guard {
    inner: Arc<dyn PaymentGateway>,
    store: Arc<dyn Store>,
    seen: Arc<Seen>,
}

impl Guard {
    pub(crate) fn new(
        inner: Arc<dyn PaymentGateway>,
        store: Arc<dyn Store>,
        seen: Arc<Seen>,
    ) -> Self {
        Self { inner, store, seen }
    }

    async fn look_at(&self, order: &PayoutOrder) {
        self.seen.orders.fetch_add(1, Ordering::Relaxed);
        let Some((id, leg, sending)) = order.external_id.leg() else {
            return;
        };
        let Ok(Some(deal)) = self.store.deals().find(id).await else {
            return;
        };
        let stored = deal.legs.iter().find(|stored| stored.id == leg);
        let is_reserved = stored.is_some_and(|leg| {
            (leg.state, leg.sends, leg.net()) == (LegState::Sending, sending, order.net)
        });
        if !is_reserved {
            self.seen.unreserved.fetch_add(1, Ordering::Relaxed);
        }
        if !may_send(&deal) {
            self.seen.forbidden.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Listed, so that a new state is thought of here.
fn may_send(deal: &Deal) -> bool {
    let is_state_for_it = match deal.state {
        State::Disputed | State::Ruled | State::Suspended | State::Loss => false,
        State::AwaitingPayment
        | State::Detected
        | State::Underpaid
        | State::Funded
        | State::InDelivery
        | State::Inspection
        | State::Settling
        | State::Released
        | State::Refunded
        | State::Split
        | State::Expired
        | State::Cancelled => true,
    };
    is_state_for_it && deal.hold.is_none()
}

#[async_trait]
impl PaymentGateway for Guard {
    async fn available_assets(&self) -> Result<Vec<Asset>, GatewayError> {
        self.inner.available_assets().await
    }

    fn normal_address(&self, network: Network, address: &str) -> Result<String, AddressFault> {
        self.inner.normal_address(network, address)
    }

    async fn request_address(&self, request: &AddressRequest) -> Result<Invoice, GatewayError> {
        self.inner.request_address(request).await
    }

    async fn observed_transfers(
        &self,
        watched: &Watched,
    ) -> Result<Vec<ObservedTransfer>, GatewayError> {
        self.inner.observed_transfers(watched).await
    }

    fn verify_callback(
        &self,
        callback: &CallbackRequest<'_>,
        now: Timestamp,
    ) -> Result<SignedCallback, CallbackRefusal> {
        self.inner.verify_callback(callback, now)
    }

    async fn send_payout(&self, order: &PayoutOrder) -> PayoutAnswer {
        self.look_at(order).await;
        self.inner.send_payout(order).await
    }

    async fn payout_state(&self, query: &PayoutQuery) -> PayoutState {
        self.inner.payout_state(query).await
    }

    async fn wallet_history(
        &self,
        asset: Asset,
        destination: &str,
    ) -> Result<Vec<SentTransfer>, GatewayError> {
        self.inner.wallet_history(asset, destination).await
    }

    async fn balance(&self, asset: Asset) -> Result<Units, GatewayError> {
        self.inner.balance(asset).await
    }
}
