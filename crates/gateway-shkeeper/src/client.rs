//! Asks SHKeeper: what is only read is tried again, what moves money is sent once.

use core::time::Duration;
use std::sync::Arc;

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url, redirect, retry};
use secrecy::ExposeSecret as _;
use serde::de::DeserializeOwned;
use serde_json::Value;
use services::ports::Random;
use services::ports::gateway::GatewayError;

use crate::settings::{PayoutLogin, Settings};
use crate::wire::MaybeError;

/// How often a read is tried before it is given up.
const READ_TRIES_MAX: u32 = 3;
/// The longest answer that is read; the longest there is lists all addresses of a wallet.
const ANSWER_MAX: usize = 16 * 1024 * 1024;

/// SHKeeper over HTTP.
#[derive(Debug)]
pub(crate) struct ShkeeperClient {
    settings: Settings,
    reads: Client,
    /// A connection of its own for each payout: then a failed connect proves that nothing was
    /// sent, and nothing is ever sent again underneath us.
    payouts: Client,
    random: Arc<dyn Random>,
}

/// Who asks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Caller<'a> {
    /// By the wallet's key.
    Shop,
    /// By name and password.
    Admin(&'a PayoutLogin),
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl ShkeeperClient {
    pub(crate) fn new(settings: Settings, random: Arc<dyn Random>) -> Result<Self, reqwest::Error> {
        let common = || {
            let builder = http_client::builder()
                .redirect(redirect::Policy::none())
                .retry(retry::never())
                .connect_timeout(settings.timeout)
                .user_agent("amn");
            if is_this_machine(&settings.url) {
                builder.no_proxy()
            } else {
                builder
            }
        };
        let reads = common().timeout(settings.timeout).build()?;
        let payouts = common()
            .timeout(settings.timeout.saturating_mul(3))
            .pool_max_idle_per_host(0)
            .build()?;
        Ok(Self {
            settings,
            reads,
            payouts,
            random,
        })
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The address of an endpoint, each part escaped.
    fn url(&self, parts: &[&str]) -> Url {
        let mut url = self.settings.url.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["api", "v1"]).extend(parts);
        }
        url
    }

    fn request(&self, method: Method, url: Url, caller: Caller<'_>) -> RequestBuilder {
        let request = self.reads.request(method, url);
        match caller {
            Caller::Shop => request.header("X-Shkeeper-Api-Key", self.api_key()),
            Caller::Admin(login) => {
                request.basic_auth(&login.user, Some(login.password.expose_secret()))
            }
        }
    }

    fn api_key(&self) -> &str {
        self.settings.api_key.expose_secret()
    }

    /// Reads something.
    pub(crate) async fn get<T: DeserializeOwned>(&self, parts: &[&str]) -> Result<T, GatewayError> {
        let url = self.url(parts);
        let request = || self.request(Method::GET, url.clone(), Caller::Shop);
        read_json(&self.ask_again(request).await?)
    }

    /// Reads something and leaves it to the caller what the status means.
    pub(crate) async fn get_answer(
        &self,
        parts: &[&str],
        query: &[(&str, &str)],
        caller: Caller<'_>,
    ) -> Result<Answer, GatewayError> {
        let mut url = self.url(parts);
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        self.ask_again(|| self.request(Method::GET, url.clone(), caller))
            .await
    }

    /// Asks for something that may be asked for twice.
    pub(crate) async fn post<T: DeserializeOwned>(
        &self,
        parts: &[&str],
        body: &Value,
    ) -> Result<T, GatewayError> {
        let url = self.url(parts);
        let request = || {
            self.request(Method::POST, url.clone(), Caller::Shop)
                .json(body)
        };
        read_json(&self.ask_again(request).await?)
    }

    /// Sends what must not be sent twice, once, and says how far it came.
    pub(crate) async fn post_once(
        &self,
        parts: &[&str],
        login: &PayoutLogin,
        body: &Value,
    ) -> Result<Answer, OnceError> {
        let sent = self
            .payouts
            .post(self.url(parts))
            .basic_auth(&login.user, Some(login.password.expose_secret()))
            .json(body)
            .send()
            .await;
        match sent {
            Ok(response) => whole(response).await.map_err(OnceError::Unclear),
            Err(error) if error.is_connect() || error.is_builder() => {
                Err(OnceError::NeverSent(told(&error)))
            }
            Err(error) => Err(OnceError::Unclear(told(&error))),
        }
    }

    async fn ask_again(
        &self,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<Answer, GatewayError> {
        let mut tries = 0;
        loop {
            let outcome = ask(request()).await;
            tries += 1;
            match outcome {
                Err(GatewayError::Unavailable(_)) if tries < READ_TRIES_MAX => {
                    tokio::time::sleep(self.pause(tries)).await;
                }
                other => return other,
            }
        }
    }

    /// Doubled each time, give or take a half, so that many readers do not come back at once.
    fn pause(&self, tries: u32) -> Duration {
        let doubled = self
            .settings
            .retry_pause
            .saturating_mul(1 << tries.saturating_sub(1).min(10));
        let per_mille = 500_u32.saturating_add(self.random.below(1_001));
        doubled.saturating_mul(per_mille) / 1_000
    }
}

/// How far something came that was sent once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OnceError {
    /// No connection: nobody has seen it.
    NeverSent(String),
    /// Somebody may have seen it.
    Unclear(String),
}

/// A proxy would look for a loopback address on its own machine.
fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address: Option<std::net::IpAddr> = bare.parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}

async fn ask(request: RequestBuilder) -> Result<Answer, GatewayError> {
    let sent = request.send().await;
    let response = sent.map_err(|error| GatewayError::Unavailable(told(&error)))?;
    let answer = whole(response).await.map_err(GatewayError::Unavailable)?;
    let status = answer.status;
    if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
        return Err(GatewayError::Unavailable(format!("answered {status}")));
    }
    Ok(answer)
}

/// Reads an answer to its end, or to what is too long for one.
async fn whole(mut response: Response) -> Result<Answer, String> {
    let status = response.status();
    let location = response
        .headers()
        .get("location")
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| told(&error))? {
        if body.len().saturating_add(chunk.len()) > ANSWER_MAX {
            return Err("the answer is too long".to_owned());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status,
        location,
        body,
    })
}

impl Answer {
    /// The answer as JSON, if it is.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.body).ok()
    }

    /// Whether it sends us to the login page, as SHKeeper does before it looks at anything.
    pub(crate) fn asks_for_login(&self) -> bool {
        let path = self.location.as_deref().unwrap_or_default();
        let path = path.split('?').next().unwrap_or_default();
        self.status.is_redirection() && path.ends_with("/login")
    }
}

/// The answer to a question, or the error that it is.
pub(crate) fn read_json<T: DeserializeOwned>(answer: &Answer) -> Result<T, GatewayError> {
    if answer.asks_for_login() {
        return Err(GatewayError::Credentials("asked to log in".to_owned()));
    }
    if matches!(
        answer.status,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
    ) {
        return Err(GatewayError::Credentials(answer.status.to_string()));
    }
    if let Some(error) = answer.json::<MaybeError>().filter(MaybeError::is_error) {
        return Err(refusal(error.text()));
    }
    if !answer.status.is_success() {
        return Err(GatewayError::Refused(answer.status.to_string()));
    }
    serde_json::from_slice(&answer.body)
        .map_err(|error| GatewayError::Unreadable(error.to_string()))
}

fn refusal(message: &str) -> GatewayError {
    let message = shortened(message);
    let credentials = [
        "Bad API key",
        "No API key",
        "Bad HTTP Basic Auth credentials",
    ];
    if credentials.contains(&message.as_str()) {
        GatewayError::Credentials(message)
    } else if message.contains("payment gateway is unavailable") {
        GatewayError::Unavailable(message)
    } else {
        GatewayError::Refused(message)
    }
}

/// Messages end in logs and on an operator's page: one line, not endless.
pub(crate) fn shortened(message: &str) -> String {
    const MESSAGE_MAX: usize = 200;
    let letters = message.chars().take(MESSAGE_MAX);
    letters
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// An error without its URL, which may hold what does not belong into a log, but with its cause.
fn told(error: &reqwest::Error) -> String {
    let mut cause: &dyn core::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    let kind = if error.is_timeout() {
        "timed out"
    } else if error.is_connect() {
        "no connection"
    } else {
        "broken off"
    };
    shortened(&format!("{kind}: {cause}"))
}
