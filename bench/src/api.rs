//! The REST door: a list, one request, an offer made, beside a bare axum that asks SQLite for the same
//! rows, and a sign-in beside argon2 alone. What counts is CPU per request, as for pages.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, anyhow, ensure};
use argon2::password_hash::SaltString;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use reqwest::{Client, RequestBuilder};
use rusqlite::Connection;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::cpu::cpu_us;
use crate::median;
use crate::served::{Bare, Server};

/// Rounds of each side.
const ROUNDS: usize = 7;
/// Reads in a round.
const READS: usize = 200;
/// Offers in a round: each needs a request of its own.
const OFFERS: usize = 10;
/// Sign-ins in a round.
const SIGN_INS: usize = 6;
/// How much of what a bare axum gets done is to be kept.
const GOAL_PERCENT: u64 = 60;
/// How much of a sign-in is to be argon2.
const GOAL_SIGN_IN_PERCENT: u64 = 90;

/// The table, a line a row. `amn` is the binary as shipped.
pub(crate) fn rows(amn: &Path) -> Result<Vec<String>> {
    let amn = amn.canonicalize().context("the binary to measure")?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let folder = tempfile::tempdir_in(".")?;
    let server = Server::start(&amn, &folder)?;
    let data = folder.path().join("data");
    let bare = Bare::with_store(&data.join("amn.db"))?;
    let accounts = std::fs::read_to_string(data.join("demo-accounts.json"))?;
    let door = Door {
        http: http_client::client()?,
        api: format!("{}/api", server.url),
        accounts: serde_json::from_str(&accounts)?,
    };
    let sides = Sides {
        runtime,
        ours: server.process.id(),
        bare: bare.process.id(),
    };
    let mut rows = Vec::new();
    let list = format!("{}/marketplace/purchase-requests?limit=20", door.api);
    let found = sides.runtime.block_on(door.json(door.http.get(&list)))?;
    let first = text(&found, "/data/0/id").context("there are requests")?;
    rows.push(
        sides.compare("20 requests", READS, &door.http, |side| match side {
            Side::Ours => door.http.get(&list),
            Side::Bare => door.http.get(format!("{}/list", bare.url)),
        })?,
    );
    let one = format!("{}/marketplace/purchase-requests/{first}", door.api);
    rows.push(
        sides.compare("one request", READS, &door.http, |side| match side {
            Side::Ours => door.http.get(&one),
            Side::Bare => door.http.get(format!("{}/one", bare.url)),
        })?,
    );
    rows.push(offers(&sides, &door, &bare)?);
    rows.push(sign_in(&sides, &door)?);
    Ok(rows)
}

/// Offers made, each on a request of its own.
fn offers(sides: &Sides, door: &Door, bare: &Bare) -> Result<String> {
    let runtime = &sides.runtime;
    let buyer = runtime.block_on(door.token("bahar@amn.example"))?;
    let seller = runtime.block_on(door.token("sara@amn.example"))?;
    let mut open = Vec::new();
    for number in 0..(ROUNDS + 1) * OFFERS {
        open.push(runtime.block_on(door.publish(&buyer, number))?);
    }
    let mut next = open.into_iter();
    sides.compare("an offer made", OFFERS, &door.http, |side| match side {
        Side::Ours => {
            let request = next.next().unwrap_or_default();
            let path = format!("/marketplace/purchase-requests/{request}/offers");
            door.post(&path, &seller, &request, &offer())
        }
        Side::Bare => door
            .http
            .post(format!("{}/write", bare.url))
            .body(offer().to_string()),
    })
}

/// A sign-in beside argon2 at the same cost in this process.
fn sign_in(sides: &Sides, door: &Door) -> Result<String> {
    let account = door.account("bahar@amn.example")?;
    let params = Params::new(19_456, 2, 1, None).map_err(|error| anyhow!(error))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let salt = SaltString::encode_b64(b"sixteen bytes ok").map_err(|error| anyhow!(error))?;
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let before = cpu_us(sides.ours)?;
        for _ in 0..SIGN_INS {
            let path = format!("{}/auth/login", door.api);
            let request = door.http.post(path).json(&account);
            sides.runtime.block_on(door.json(request))?;
        }
        let spent = cpu_us(sides.ours)?.saturating_sub(before);
        let before = cpu_us(std::process::id())?;
        for _ in 0..SIGN_INS {
            let hashed = argon2.hash_password(b"tall ships sail at dawn", &salt);
            hashed.map_err(|error| anyhow!(error))?;
        }
        let alone = cpu_us(std::process::id())?.saturating_sub(before);
        // The first round warms up.
        if round > 0 {
            ours.push(spent / SIGN_INS as u64);
            bare.push(alone / SIGN_INS as u64);
        }
    }
    let (ours, bare) = (median(ours), median(bare));
    let percent = (bare * 100).checked_div(ours).unwrap_or(100);
    Ok(format!(
        "a sign-in: {ours} µs of CPU, argon2 alone {bare} µs: {percent} % (goal \
         {GOAL_SIGN_IN_PERCENT} %)"
    ))
}

/// Which of the two is asked.
#[derive(Debug, Clone, Copy)]
enum Side {
    Ours,
    Bare,
}

/// Both processes.
struct Sides {
    runtime: Runtime,
    ours: u32,
    bare: u32,
}

impl Sides {
    /// Asks both in turn, and tells the medians.
    fn compare(
        &self,
        what: &str,
        times: usize,
        http: &Client,
        mut asked: impl FnMut(Side) -> RequestBuilder,
    ) -> Result<String> {
        let mut load = |side: Side, process: u32| -> Result<u64> {
            let before = cpu_us(process)?;
            for _ in 0..times {
                let request = asked(side).build()?;
                self.runtime.block_on(async {
                    let answer = http.execute(request).await?.error_for_status()?;
                    answer.bytes().await
                })?;
            }
            Ok(cpu_us(process)?.saturating_sub(before) / times as u64)
        };
        // What is compiled, cached or grown at the first requests is not what a request costs.
        load(Side::Ours, self.ours)?;
        load(Side::Bare, self.bare)?;
        let (mut ours, mut bare) = (Vec::new(), Vec::new());
        for _ in 1..ROUNDS {
            ours.push(load(Side::Ours, self.ours)?);
            bare.push(load(Side::Bare, self.bare)?);
        }
        let (ours, bare) = (median(ours), median(bare));
        let percent = (bare * 100).checked_div(ours).unwrap_or(100);
        Ok(format!(
            "{what}: {ours} µs of CPU, a bare axum on SQLite {bare} µs: {percent} % (goal \
             {GOAL_PERCENT} %)"
        ))
    }
}

/// Calls as people of the demo.
struct Door {
    http: Client,
    api: String,
    accounts: Vec<Value>,
}

impl Door {
    /// A person's mailbox and password.
    fn account(&self, email: &str) -> Result<Value> {
        let found = self
            .accounts
            .iter()
            .find(|account| text(account, "/email") == Some(email));
        let password = found.and_then(|account| text(account, "/password"));
        let password = password.context("the demo has this account")?;
        Ok(json!({ "email": email, "password": password }))
    }

    async fn token(&self, email: &str) -> Result<String> {
        let account = self.account(email)?;
        let path = format!("{}/auth/login", self.api);
        let entered = self.json(self.http.post(path).json(&account)).await?;
        let token = text(&entered, "/data/tokens/accessToken");
        Ok(token.context("a sign-in gives tokens")?.to_owned())
    }

    fn post(&self, path: &str, token: &str, key: &str, body: &Value) -> RequestBuilder {
        self.http
            .post(format!("{}{path}", self.api))
            .bearer_auth(token)
            .header("Idempotency-Key", key)
            .json(body)
    }

    /// A new open request of a buyer's.
    async fn publish(&self, buyer: &str, number: usize) -> Result<String> {
        let key = format!("request-{number}");
        let path = "/marketplace/purchase-requests";
        let written = self.json(self.post(path, buyer, &key, &wanted())).await?;
        let id = text(&written, "/data/id").context("a draft has an id")?;
        let path = format!("{path}/{id}/publish");
        self.json(self.post(&path, buyer, &key, &json!({}))).await?;
        Ok(id.to_owned())
    }

    async fn json(&self, request: RequestBuilder) -> Result<Value> {
        let answer = request.send().await?;
        let status = answer.status();
        let body = answer.text().await?;
        ensure!(status.is_success(), "{status}: {body}");
        Ok(serde_json::from_str(&body)?)
    }
}

/// The text at a place of an answer.
fn text<'v>(value: &'v Value, place: &str) -> Option<&'v str> {
    value.pointer(place)?.as_str()
}

fn wanted() -> Value {
    json!({
        "title": "A used camera in good order",
        "description": "Any brand, with a charger; the shutter must work.",
        "categoryId": "cameras",
        "productType": "digital_product",
        "budget": { "max": "120.5", "currency": "USDT" },
        "deliveryInfo": { "type": "online" },
    })
}

fn offer() -> Value {
    json!({
        "title": "Leica M6, black, with charger",
        "description": "Serviced last year.",
        "price": { "amount": "120.5", "currency": "USDT" },
        "deliveryTime": { "amount": 10, "unit": "days" },
        "networks": ["bsc"],
    })
}

/// What a bare server works with: the demo's rows to read, and a table of its own to write to.
#[derive(Debug)]
struct Rows {
    read: Connection,
    write: Connection,
}

type Shared = State<Arc<Mutex<Rows>>>;

/// Serves rows of a database as they lie there until it is killed, and says where.
pub(crate) fn serve_bare(database: &Path) -> Result<()> {
    let write = Connection::open(database.with_extension("bare"))?;
    write.pragma_update(None, "journal_mode", "WAL")?;
    write.pragma_update(None, "synchronous", "FULL")?;
    write.execute_batch("CREATE TABLE rows (id INTEGER PRIMARY KEY, doc TEXT NOT NULL) STRICT")?;
    let read = Connection::open(database)?;
    let rows = Arc::new(Mutex::new(Rows { read, write }));
    let router = Router::new()
        .route("/list", get(list))
        .route("/one", get(one))
        .route("/write", post(written))
        .with_state(rows);
    crate::served::serve(router)
}

async fn list(rows: Shared) -> impl IntoResponse {
    let sql = "SELECT d.summary FROM requests_tags t JOIN requests d ON d.id = t.id \
               WHERE t.tag = 'open:yes' ORDER BY t.listed_at DESC, t.id DESC LIMIT 20";
    answer(&rows, sql)
}

async fn one(rows: Shared) -> impl IntoResponse {
    answer(&rows, "SELECT doc FROM requests LIMIT 1")
}

fn answer(State(rows): &Shared, sql: &str) -> impl IntoResponse + use<> {
    let rows = rows.lock().unwrap_or_else(PoisonError::into_inner);
    let read = || {
        let mut statement = rows.read.prepare_cached(sql)?;
        let found = statement.query_map([], |row| row.get(0))?;
        found.collect::<rusqlite::Result<Vec<String>>>()
    };
    let found = read().unwrap_or_default().join(",");
    ([(CONTENT_TYPE, "application/json")], format!("[{found}]"))
}

async fn written(State(rows): Shared, body: String) -> impl IntoResponse {
    let rows = rows.lock().unwrap_or_else(PoisonError::into_inner);
    let insert = rows
        .write
        .prepare_cached("INSERT INTO rows (doc) VALUES (?1)");
    let done = insert.and_then(|mut insert| insert.execute([&body]));
    (
        [(CONTENT_TYPE, "application/json")],
        format!("[{}]", done.unwrap_or(0)),
    )
}
