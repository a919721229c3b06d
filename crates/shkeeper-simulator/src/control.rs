//! The control interface: everything the page can do, and the faults, in JSON. For tests and fire
//! drills.

use axum::Router;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::coin::{self, COINS};
use crate::desk;
use crate::faults::{FaultRates, PayoutFault};
use crate::payer::{PayerError, Payment, Seen, Turn};
use crate::simulator::Simulator;

/// The largest body that is read.
const BODY_MAX: usize = 64 * 1024;

pub(crate) fn router() -> Router<Simulator> {
    Router::new()
        .route("/control/state", get(state))
        .route("/control/balances", get(balances))
        .route("/control/pay", post(pay))
        .route("/control/transactions/{txid}/confirm", post(confirm))
        .route("/control/transactions/{txid}/drop", post(drop_it))
        .route("/control/transactions/{txid}/replace", post(replace))
        .route("/control/transactions/{txid}/reorganise", post(reorganise))
        .route("/control/payouts", post(payouts_by_hand))
        .route("/control/payouts/{task}/pay", post(pay_out))
        .route("/control/payouts/{task}/fail", post(fail_payout))
        .route("/control/faults", post(faults))
        .route("/control/payout-faults", post(arm_payout_fault))
        .route("/control/wallet", post(set_wallet))
        .route("/control/outage", post(outage))
        .route("/control/tick", post(tick))
        .layer(DefaultBodyLimit::max(BODY_MAX))
}

/// A JSON body whose refusal is JSON too.
#[derive(Debug, FromRequest)]
#[from_request(via(Json), rejection(Refusal))]
struct Wish<T>(T);

/// Why a wish is not met.
#[derive(Debug)]
struct Refusal(StatusCode, String);

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        Self(rejection.status(), rejection.body_text())
    }
}

impl From<PayerError> for Refusal {
    fn from(error: PayerError) -> Self {
        let status = match error {
            PayerError::NoSuchAddress
            | PayerError::NoSuchTransaction
            | PayerError::NoSuchPayout => StatusCode::NOT_FOUND,
            PayerError::TooLate => StatusCode::CONFLICT,
            PayerError::WrongCoin | PayerError::BadAmount => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self(status, error.to_string())
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

async fn state(State(simulator): State<Simulator>) -> Json<Value> {
    Json(simulator.read(|state| json!(state)))
}

async fn balances(State(simulator): State<Simulator>) -> Json<Value> {
    let held = simulator.read(|state| {
        COINS.map(|coin| {
            let held = desk::balance(state, coin);
            (coin.name.to_owned(), json!(held.to_plain(coin.decimals)))
        })
    });
    Json(held.into_iter().collect())
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pay {
    address: String,
    crypto: Option<String>,
    amount: Option<String>,
    #[serde(default = "confirmed")]
    seen: Seen,
    txid: Option<String>,
    #[serde(default = "once")]
    copies: u8,
    #[serde(default)]
    after_s: u32,
}

fn confirmed() -> Seen {
    Seen::Confirmed
}

fn once() -> u8 {
    1
}

async fn pay(
    State(simulator): State<Simulator>,
    Wish(wish): Wish<Pay>,
) -> Result<Json<Value>, Refusal> {
    let txid = simulator
        .pay(Payment {
            to: wish.address,
            crypto: wish.crypto,
            amount: wish.amount,
            seen: wish.seen,
            txid: wish.txid,
            copies: wish.copies,
            after_s: wish.after_s,
        })
        .await?;
    Ok(Json(json!({"txid": txid})))
}

async fn confirm(simulator: State<Simulator>, txid: Path<String>) -> Result<Json<Value>, Refusal> {
    turned(simulator, txid, Turn::Confirm).await
}

async fn drop_it(simulator: State<Simulator>, txid: Path<String>) -> Result<Json<Value>, Refusal> {
    turned(simulator, txid, Turn::Drop).await
}

async fn reorganise(
    simulator: State<Simulator>,
    txid: Path<String>,
) -> Result<Json<Value>, Refusal> {
    turned(simulator, txid, Turn::Reorganise).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Replace {
    amount: Option<String>,
}

async fn replace(
    simulator: State<Simulator>,
    txid: Path<String>,
    Wish(wish): Wish<Replace>,
) -> Result<Json<Value>, Refusal> {
    let turn = Turn::Replace {
        amount: wish.amount,
    };
    turned(simulator, txid, turn).await
}

async fn turned(
    State(simulator): State<Simulator>,
    Path(txid): Path<String>,
    turn: Turn,
) -> Result<Json<Value>, Refusal> {
    let txid = simulator.turn(&txid, turn).await?;
    Ok(Json(json!({"txid": txid})))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ByHand {
    by_hand: bool,
}

async fn payouts_by_hand(
    State(simulator): State<Simulator>,
    Wish(wish): Wish<ByHand>,
) -> StatusCode {
    simulator.change(|desk| desk.state.payouts_by_hand = wish.by_hand);
    StatusCode::NO_CONTENT
}

async fn pay_out(
    State(simulator): State<Simulator>,
    Path(task): Path<String>,
) -> Result<StatusCode, Refusal> {
    simulator.pay_out(&task).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fail {
    money_leaves: bool,
}

async fn fail_payout(
    State(simulator): State<Simulator>,
    Path(task): Path<String>,
    Wish(wish): Wish<Fail>,
) -> Result<StatusCode, Refusal> {
    simulator.fail_payout(&task, wish.money_leaves)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn faults(State(simulator): State<Simulator>, Wish(rates): Wish<FaultRates>) -> StatusCode {
    simulator.change(|desk| desk.state.rates = rates);
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Arm {
    fault: PayoutFault,
}

async fn arm_payout_fault(State(simulator): State<Simulator>, Wish(wish): Wish<Arm>) -> StatusCode {
    simulator.change(|desk| desk.state.armed.push_back(wish.fault));
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fill {
    crypto: String,
    /// What the wallet shall hold now, all in all.
    amount: String,
}

async fn set_wallet(
    State(simulator): State<Simulator>,
    Wish(wish): Wish<Fill>,
) -> Result<StatusCode, Refusal> {
    let coin = coin::find(&wish.crypto).ok_or(PayerError::WrongCoin)?;
    let amount = coin.read(&wish.amount).ok_or(PayerError::BadAmount)?;
    simulator.change(|desk| desk.fill_wallet(coin, amount));
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outage {
    down: bool,
}

async fn outage(State(simulator): State<Simulator>, Wish(wish): Wish<Outage>) -> StatusCode {
    simulator.change(|desk| desk.state.down = wish.down);
    StatusCode::NO_CONTENT
}

async fn tick(State(simulator): State<Simulator>) -> StatusCode {
    simulator.tick().await;
    StatusCode::NO_CONTENT
}
