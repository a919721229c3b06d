//! The payment gateway of the trades: the simulator, which no kill reaches.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result};
use domain::Units;
use serde::Deserialize;
use serde_json::{Value, json};
use shkeeper_simulator::{Config, Running, Simulator, Ticks, TimeSource};

pub const KEY: &str = "the wallets' key";
pub const USER: &str = "admin";
pub const PASSWORD: &str = "the admin's password";

#[derive(Debug, Clone)]
pub struct Gateway {
    running: Arc<Running>,
    http: reqwest::Client,
}

/// A payout in the gateway's books.
#[derive(Debug, Clone, Deserialize)]
pub struct Payout {
    /// Amn's own name for it.
    pub external_id: Option<String>,
    /// Where it went.
    pub destination: String,
    /// How much, in base units.
    pub amount: Units,
}

#[derive(Debug, Deserialize)]
struct Books {
    payouts: Vec<Payout>,
}

impl Gateway {
    /// One that forgets and repeats callbacks now and then.
    pub async fn start(seed: u64) -> Result<Self> {
        let config = Config {
            api_key: KEY.to_owned(),
            payout_user: USER.to_owned(),
            payout_password: PASSWORD.to_owned(),
            seed,
            confirmations: 2,
            ticks: Ticks::Every(Duration::from_millis(300)),
            callback_timeout: Duration::from_secs(1),
            state_file: None,
            opening_balance: 1_000_000,
            payouts_by_hand: false,
            clock: TimeSource::new(now_ms),
        };
        let running = Simulator::spawn(config, ([127, 0, 0, 1], 0).into()).await?;
        let gateway = Self {
            running: Arc::new(running),
            http: http_client::client()?,
        };
        let faults = json!({
            "lost": 50, "doubled": 250, "delayed": 150, "wrong_signature": 50, "reordered": 300,
        });
        gateway.control("faults", faults).await?;
        Ok(gateway)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.running.address())
    }

    /// Pays in whole tokens to an address that Amn gave.
    pub async fn pay(&self, address: &str, amount: &str) -> Result<()> {
        let order = json!({ "address": address, "amount": amount, "seen": "shallow" });
        self.control("pay", order).await.map(drop)
    }

    async fn control(&self, path: &str, body: Value) -> Result<Value> {
        let url = format!("{}/control/{path}", self.url());
        let answer = self.http.post(url).json(&body).send().await?;
        let answer = answer.error_for_status()?.text().await?;
        Ok(serde_json::from_str(&answer).unwrap_or(Value::Null))
    }

    /// Every payout that it ever took on.
    pub async fn payouts(&self) -> Result<Vec<Payout>> {
        let url = format!("{}/control/state", self.url());
        let answer = self.http.get(url).send().await?.error_for_status()?;
        let books: Books = serde_json::from_str(&answer.text().await?)
            .context("the simulator's state is not what it was")?;
        Ok(books.payouts)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the gateway is another program, with the machine's clock"
)]
fn now_ms() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    })
}
