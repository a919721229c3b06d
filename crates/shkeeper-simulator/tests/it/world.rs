//! A simulator that is served, and somebody who calls it.

use core::time::Duration;
use std::path::Path;

use reqwest::{Client, StatusCode, redirect};
use serde_json::{Value, json};
use shkeeper_simulator::{Config, Running, Simulator, Ticks, TimeSource};

pub(crate) const PAYEE: &str = "0x55d398326f99059fF775485246999027B3197955";

pub(crate) fn config(seed: u64, state_file: Option<&Path>) -> Config {
    Config {
        api_key: "key".to_owned(),
        payout_user: "admin".to_owned(),
        payout_password: "password".to_owned(),
        seed,
        confirmations: 12,
        ticks: Ticks::ByHand,
        callback_timeout: Duration::from_secs(30),
        state_file: state_file.map(Path::to_owned),
        opening_balance: 1_000,
        payouts_by_hand: true,
        clock: TimeSource::new(|| 1_790_000_000_000),
    }
}

pub(crate) struct World {
    pub(crate) simulator: Running,
    pub(crate) http: Client,
}

impl World {
    pub(crate) async fn new(config: Config) -> Self {
        let address = ([127, 0, 0, 1], 0).into();
        let http = http_client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            simulator: Simulator::spawn(config, address).await.unwrap(),
            http,
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.simulator.address())
    }

    pub(crate) async fn get(&self, path: &str) -> (StatusCode, String) {
        let answer = self.http.get(self.url(path)).send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    pub(crate) async fn control(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let request = self.http.post(self.url(&format!("/control{path}")));
        let answer = request.json(&body).send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    pub(crate) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let request = self.http.post(self.url(path)).form(fields);
        let answer = request.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    }

    /// Everything it knows.
    pub(crate) async fn state(&self) -> Value {
        let (_, text) = self.get("/control/state").await;
        serde_json::from_str(&text).unwrap()
    }

    pub(crate) async fn invoice(&self, external_id: &str) -> String {
        let body = json!({
            "external_id": external_id, "fiat": "USD", "amount": "20",
            "callback_url": "http://127.0.0.1:9/nobody",
        });
        let request = self.http.post(self.url("/api/v1/BNB-USDT/payment_request"));
        let request = request.header("X-Shkeeper-Api-Key", "key").json(&body);
        let invoice: Value = request.send().await.unwrap().json().await.unwrap();
        invoice
            .get("wallet")
            .and_then(Value::as_str)
            .unwrap()
            .to_owned()
    }

    pub(crate) async fn payout(&self, external_id: &str) -> String {
        let body = json!({
            "external_id": external_id, "destination": PAYEE, "amount": "5", "fee": "1",
        });
        let request = self.http.post(self.url("/api/v1/BNB-USDT/payout"));
        let request = request.basic_auth("admin", Some("password")).json(&body);
        let taken: Value = request.send().await.unwrap().json().await.unwrap();
        taken
            .get("task_id")
            .and_then(Value::as_str)
            .unwrap()
            .to_owned()
    }
}
