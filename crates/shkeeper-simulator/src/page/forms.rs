//! What the page's forms do. Success leads back to the page; a refusal shows it with what was typed.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::html::{Page, Text};
use super::invoice;
use crate::faults::PayoutFault;
use crate::payer::{PayerError, Payment, Seen, Turn};
use crate::simulator::Simulator;

/// A payment as it was typed.
#[derive(Debug, Default, Deserialize)]
pub(super) struct PayForm {
    pub(super) amount: Option<String>,
    pub(super) crypto: Option<String>,
    pub(super) seen: Option<String>,
    pub(super) copies: Option<String>,
    pub(super) txid: Option<String>,
    pub(super) after_min: Option<String>,
}

impl PayForm {
    pub(super) fn is_typed(&self) -> bool {
        self.amount.is_some()
    }

    fn payment(&self, address: &str) -> Result<Payment, String> {
        let seen = match self.seen.as_deref().unwrap_or("confirmed") {
            "confirmed" => Seen::Confirmed,
            "shallow" => Seen::Shallow,
            "unconfirmed" => Seen::Unconfirmed,
            _ => return Err("choose how the payment shows".to_owned()),
        };
        let given = |field: &Option<String>| {
            let text = field.as_deref().unwrap_or_default().trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let minutes: u32 = number(given(&self.after_min), 0)?;
        Ok(Payment {
            to: address.to_owned(),
            crypto: given(&self.crypto),
            amount: given(&self.amount),
            seen,
            txid: given(&self.txid),
            copies: number(given(&self.copies), 1)?,
            after_s: minutes.saturating_mul(60),
        })
    }
}

fn number<N: core::str::FromStr>(typed: Option<String>, otherwise: N) -> Result<N, String> {
    match typed {
        None => Ok(otherwise),
        Some(text) => text
            .parse()
            .map_err(|_| format!("“{text}” is no such number")),
    }
}

pub(super) async fn pay(
    State(simulator): State<Simulator>,
    Path(address): Path<String>,
    Form(typed): Form<PayForm>,
) -> Response {
    let paid = match typed.payment(&address) {
        Ok(payment) => simulator
            .pay(payment)
            .await
            .map_err(|error| error.to_string()),
        Err(message) => Err(message),
    };
    match paid {
        Ok(_) => back_to(&address),
        Err(message) => refused(&simulator, &address, &message, &typed),
    }
}

pub(super) async fn turn(
    State(simulator): State<Simulator>,
    Path((txid, turn)): Path<(String, String)>,
) -> Response {
    let turn = match turn.as_str() {
        "confirm" => Turn::Confirm,
        "drop" => Turn::Drop,
        "replace" => Turn::Replace { amount: None },
        "reorganise" => Turn::Reorganise,
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let paid_to = simulator.read(|state| {
        let mut transfers = state.transfers.iter();
        let own = transfers.find(|transfer| transfer.txid == txid);
        own.map(|transfer| transfer.to.clone())
    });
    let Some(address) = paid_to else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match simulator.turn(&txid, turn).await {
        Ok(_) => back_to(&address),
        Err(error) => {
            let message = error.to_string();
            refused(&simulator, &address, &message, &PayForm::default())
        }
    }
}

pub(super) async fn end_payout(
    State(simulator): State<Simulator>,
    Path((task, end)): Path<(String, String)>,
) -> Response {
    let ended = match end.as_str() {
        "pay" => simulator.pay_out(&task).await,
        "fail" => simulator.fail_payout(&task, false),
        "fail-after" => simulator.fail_payout(&task, true),
        _ => Err(PayerError::NoSuchPayout),
    };
    match ended {
        Ok(()) => Redirect::to("/").into_response(),
        Err(error) => Page {
            status: StatusCode::CONFLICT,
            title: "Too late".to_owned(),
            main: format!(
                "<h1>Too late</h1><p>{}. <a href=\"/\">All payments</a></p>",
                Text(error)
            ),
        }
        .into_response(),
    }
}

#[derive(Debug, Deserialize)]
pub(super) struct ByHandForm {
    by_hand: bool,
}

pub(super) async fn payouts_by_hand(
    State(simulator): State<Simulator>,
    Form(form): Form<ByHandForm>,
) -> Redirect {
    simulator.change(|desk| desk.state.payouts_by_hand = form.by_hand);
    Redirect::to("/")
}

#[derive(Debug, Deserialize)]
pub(super) struct FaultForm {
    fault: PayoutFault,
}

pub(super) async fn arm_payout_fault(
    State(simulator): State<Simulator>,
    Form(form): Form<FaultForm>,
) -> Redirect {
    simulator.change(|desk| desk.state.armed.push_back(form.fault));
    Redirect::to("/")
}

pub(super) async fn tick(State(simulator): State<Simulator>) -> Redirect {
    simulator.tick().await;
    Redirect::to("/")
}

/// Addresses are base 58 or hexadecimal once an invoice has them, so they fit a path as they are.
fn back_to(address: &str) -> Response {
    Redirect::to(&format!("/pay/{address}?done=true")).into_response()
}

fn refused(simulator: &Simulator, address: &str, message: &str, typed: &PayForm) -> Response {
    let said = format!(
        "<p class=\"error\" role=\"alert\">Nothing happened: {}.</p>",
        Text(message)
    );
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    simulator
        .read(|state| invoice::show(state, address, &said, typed, status))
        .into_response()
}
