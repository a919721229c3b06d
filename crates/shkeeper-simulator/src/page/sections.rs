//! The wallet's side of the first page: payouts, balances, the last callbacks.

use super::html::{Text, amount, button, short};
use crate::books::messages::written_date;
use crate::coin::{self, COINS, Coin};
use crate::desk;
use crate::faults::CallbackFault;
use crate::state::{Delivery, MessageKind, State, Task, TaskStage};

/// How many payouts and callbacks are listed.
const LISTED_MAX: usize = 20;

/// Payouts, and what shall become of the next ones.
pub(super) fn payouts(state: &State) -> String {
    let tasks = state.tasks.iter().rev().take(LISTED_MAX);
    let rows: String = tasks.map(|task| payout(state, task)).collect();
    let list = if rows.is_empty() {
        "<p class=\"empty\">Nothing was paid out yet.</p>".to_owned()
    } else {
        format!("<ul class=\"cards\">{rows}</ul>")
    };
    format!(
        "<section><h2>Payouts</h2>{}{list}{}</section>",
        mode(state),
        troubles(state)
    )
}

fn mode(state: &State) -> String {
    let (said, label, by_hand) = if state.payouts_by_hand {
        (
            "Each payout waits for you.",
            "Pay them by themselves",
            "false",
        )
    } else {
        (
            "Payouts leave by themselves.",
            "Decide each by hand",
            "true",
        )
    };
    let switch = button("/payouts", label, "quiet", &[("by_hand", by_hand)]);
    format!("<div class=\"bar\"><p>{said}</p>{switch}</div>")
}

fn payout(state: &State, task: &Task) -> String {
    let coin = coin::find(&task.crypto);
    let sum = coin.map_or_else(String::new, |coin| amount(coin, task.amount));
    let recorded = state.payout_of_task(&task.id);
    let known = match recorded {
        Some(payout) => format!(
            "{} · {}",
            payout.external_id.as_deref().unwrap_or("no order"),
            payout.status.name()
        ),
        None => "the gateway has no record of it".to_owned(),
    };
    let (tag, said) = match &task.stage {
        TaskStage::Pending => ("waiting", "waits in the wallet".to_owned()),
        TaskStage::Done { txid } => ("paid", format!("left in {}", short(txid))),
        TaskStage::Failed { reason } => ("failed", reason.clone()),
    };
    let actions = if task.stage == TaskStage::Pending {
        let to = |end: &str| format!("/payouts/{}/{end}", task.id);
        [
            button(&to("pay"), "Confirm payout", "main", &[]),
            button(&to("fail"), "Fail it", "quiet", &[]),
            button(
                &to("fail-after"),
                "Fail after the money left",
                "danger",
                &[],
            ),
        ]
        .concat()
    } else {
        String::new()
    };
    format!(
        "<li class=\"card\"><span class=\"sum\">{}</span><span class=\"tag {tag}\">{tag}</span>\
         <span>{}</span><span class=\"mono\">to {}</span><span class=\"hint\">{}</span>\
         <div class=\"actions\">{actions}</div></li>",
        Text(sum),
        Text(said),
        Text(short(&task.destination)),
        Text(known)
    )
}

fn troubles(state: &State) -> String {
    let armed = state.armed.len();
    let waiting = if armed == 0 {
        String::new()
    } else {
        format!("<p class=\"hint\">{armed} armed.</p>")
    };
    let arm =
        |label: &str, fault: &str| button("/payout-faults", label, "danger", &[("fault", fault)]);
    let buttons = [
        arm("Error, nothing leaves", "error_before"),
        arm("Error after the money left", "error_after"),
        arm("Connection breaks, nothing leaves", "cut_before"),
        arm("Connection breaks after the money left", "cut_after"),
    ]
    .concat();
    format!(
        "<details><summary>Trouble for the next payout request</summary>{waiting}\
         <div class=\"actions\">{buttons}</div></details>"
    )
}

/// What the wallet holds.
pub(super) fn wallet(state: &State) -> String {
    let rows: String = COINS.into_iter().map(|coin| balance(state, coin)).collect();
    format!("<section><h2>Wallet</h2><dl class=\"sums\">{rows}</dl></section>")
}

fn balance(state: &State, coin: Coin) -> String {
    let held = desk::balance(state, coin).to_grouped(coin.decimals);
    format!("<div><dt>{}</dt><dd>{held}</dd></div>", coin.display_name)
}

/// The last callbacks and what came of them.
pub(super) fn callbacks(state: &State) -> String {
    let deliveries = state.deliveries.iter().rev().take(LISTED_MAX);
    let rows: String = deliveries.map(callback).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("<section><h2>Last callbacks</h2><ul class=\"lines\">{rows}</ul></section>")
}

fn callback(delivery: &Delivery) -> String {
    let about = match delivery.kind {
        MessageKind::Unconfirmed => "seen",
        MessageKind::Payment => "confirmed",
        MessageKind::Payout => "paid out",
    };
    let fault = match delivery.fault {
        None => "",
        Some(CallbackFault::Lost) => ", lost",
        Some(CallbackFault::Doubled) => ", sent twice",
        Some(CallbackFault::Delayed) => ", held up",
        Some(CallbackFault::WrongSignature) => ", wrongly signed",
    };
    let answer = match delivery.answer {
        Some(202) => "acknowledged".to_owned(),
        Some(status) => format!("answered {status}"),
        None => "no answer".to_owned(),
    };
    format!(
        "<li><span>{about}{fault}: {answer}</span><span class=\"mono\">{}</span>\
         <span class=\"date\">{}</span></li>",
        Text(short(&delivery.external_id)),
        written_date(delivery.at_ms),
    )
}
