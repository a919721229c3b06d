//! Sends a payout, once. SHKeeper pays before it writes its record, so only what happened before
//! it asked its wallet is a refusal; everything else is unclear.

use reqwest::StatusCode;
use serde_json::{Value, json};
use services::ports::gateway::{GatewayError, PayoutAnswer, PayoutOrder, PayoutRefusal, TaskId};

use crate::client::{Answer, OnceError, ShkeeperClient, shortened};
use crate::wire::{MaybeError, PayoutTaken};
use crate::{address, amount, crypto, wallet};

pub(crate) async fn send(client: &ShkeeperClient, order: &PayoutOrder) -> PayoutAnswer {
    let Some(login) = &client.settings().payout_login else {
        return refused("no payout login is configured");
    };
    let body = match prepared(client, order).await {
        Ok(body) => body,
        Err(refusal) => return PayoutAnswer::Refused(refusal),
    };
    let parts = [crypto::name(order.asset), "payout"];
    match client.post_once(&parts, login, &body).await {
        Err(OnceError::NeverSent(reason)) => refused(&reason),
        Err(OnceError::Unclear(reason)) => PayoutAnswer::Unclear { reason },
        Ok(answer) => judge(&answer),
    }
}

/// Looks before anything is sent at all that would make SHKeeper's wallet fail later, where its
/// failure proves nothing.
async fn prepared(client: &ShkeeperClient, order: &PayoutOrder) -> Result<Value, PayoutRefusal> {
    let not_now = |error: GatewayError| PayoutRefusal::Operator(error.to_string());
    let destination = address::normal(order.asset.network(), &order.destination)
        .map_err(|fault| PayoutRefusal::Address(fault.to_string()))?;
    if order.net.is_zero() {
        let message = "there is nothing to pay out".to_owned();
        return Err(PayoutRefusal::Operator(message));
    }
    if wallet::is_own(client, order.asset, &destination)
        .await
        .map_err(not_now)?
    {
        let message = "it belongs to the gateway itself".to_owned();
        return Err(PayoutRefusal::Address(message));
    }
    let held = wallet::balance(client, order.asset)
        .await
        .map_err(not_now)?;
    if held < order.net {
        let held = amount::write(held, order.asset);
        let message = format!("the wallet holds only {held} {}", order.asset);
        return Err(PayoutRefusal::Operator(message));
    }
    Ok(json!({
        "external_id": order.external_id.as_str(),
        "destination": destination,
        "amount": amount::write(order.net, order.asset),
        // Has to be there; on our networks the wallet finds its own.
        "fee": "1",
        "callback_url": client.settings().callback_url.as_str(),
    }))
}

fn judge(answer: &Answer) -> PayoutAnswer {
    let barred = matches!(
        answer.status,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN
    );
    if answer.asks_for_login() || barred {
        return refused("the payout login is refused");
    }
    if answer.status == StatusCode::OK
        && let Some(task) = answer.json::<PayoutTaken>().and_then(|taken| taken.task_id)
        && !task.is_empty()
    {
        return PayoutAnswer::Sent {
            task: TaskId::new(task),
        };
    }
    match answer.json::<MaybeError>().filter(MaybeError::is_error) {
        Some(error) => judge_error(answer.status, error.text()),
        None => PayoutAnswer::Unclear {
            reason: format!("answered {} without a task", answer.status),
        },
    }
}

/// The errors that SHKeeper raises before it asks its wallet, and those with which the wallet
/// turns an address down before it does anything.
fn judge_error(status: StatusCode, message: &str) -> PayoutAnswer {
    let before_the_wallet = [
        "Bad HTTP Basic Auth credentials",
        "This endpoint doesn't accept X-Shkeeper-Api-Key auth",
        "Unknown crypto: ",
        "Invalid callback_url",
    ];
    if before_the_wallet
        .iter()
        .any(|start| message.starts_with(start))
    {
        return refused(message);
    }
    if message.starts_with("Bad destination address") {
        return PayoutAnswer::Refused(PayoutRefusal::Address(shortened(message)));
    }
    PayoutAnswer::Unclear {
        reason: format!("answered {status}: {}", shortened(message)),
    }
}

fn refused(reason: &str) -> PayoutAnswer {
    PayoutAnswer::Refused(PayoutRefusal::Operator(shortened(reason)))
}
