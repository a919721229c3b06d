//! `/pay/<address>`: everything that a payer can do to one invoice, well or badly.

use axum::extract::{Path, Query, State as Shared};
use axum::http::StatusCode;
use domain::Units;
use serde::Deserialize;

use super::forms::PayForm;
use super::html::{Page, Text, amount, button, fiat, short};
use crate::books::messages::written_date;
use crate::chain::{Stage, Transfer};
use crate::coin::{self, COINS, Coin};
use crate::payer::still_missing;
use crate::simulator::Simulator;
use crate::state::{Invoice, State};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    done: bool,
}

pub(super) async fn handler(
    Shared(simulator): Shared<Simulator>,
    Path(address): Path<String>,
    Query(asked): Query<Asked>,
) -> Page {
    let said = if asked.done {
        "<p class=\"notice\" role=\"status\">Done.</p>"
    } else {
        ""
    };
    simulator.read(|state| show(state, &address, said, &PayForm::default(), StatusCode::OK))
}

/// The page of one invoice, with a message and what was typed.
pub(super) fn show(
    state: &State,
    address: &str,
    said: &str,
    typed: &PayForm,
    status: StatusCode,
) -> Page {
    let found = state.invoice_at(address).and_then(|invoice| {
        let mut owned = invoice.addresses.iter();
        let (crypto, _) = owned.find(|(_, own)| own == address)?;
        Some((invoice, coin::find(crypto)?))
    });
    let Some((invoice, coin)) = found else {
        return Page {
            status: StatusCode::NOT_FOUND,
            title: "No such address".to_owned(),
            main: "<h1>No such address</h1><p>No invoice has this address. \
                   <a href=\"/\">All payments</a></p>"
                .to_owned(),
        };
    };
    let missing = still_missing(invoice, coin).unwrap_or_default();
    let main = [
        said.to_owned(),
        summary(invoice, coin, address),
        presets(coin, address, missing),
        any_payment(coin, address, typed),
        transfers(state, address),
    ]
    .concat();
    Page {
        status,
        title: format!("Pay {}", short(address)),
        main,
    }
}

fn summary(invoice: &Invoice, coin: Coin, address: &str) -> String {
    let status = invoice.status.name();
    format!(
        "<h1>Pay {asked}</h1><dl class=\"facts\">\
         <div><dt>In</dt><dd>{coin} on {chain}</dd></div>\
         <div><dt>To</dt><dd class=\"mono break\">{address}</dd></div>\
         <div><dt>Order</dt><dd class=\"mono break\">{order}</dd></div>\
         <div><dt>Arrived</dt><dd>{arrived}</dd></div>\
         <div><dt>The gateway says</dt><dd><span class=\"tag {class}\">{status}</span> \
         <span class=\"hint\">its opinion, from 95 % on it is “paid”</span></dd></div></dl>",
        asked = Text(fiat(invoice.amount_fiat, &invoice.fiat)),
        coin = coin.display_name,
        chain = coin.chain.name(),
        address = Text(address),
        order = Text(&invoice.external_id),
        arrived = Text(fiat(invoice.balance_fiat, &invoice.fiat)),
        class = status.to_ascii_lowercase(),
    )
}

fn presets(coin: Coin, address: &str, missing: Units) -> String {
    let to = format!("/pay/{address}");
    let plain = |units: Units| units.to_plain(coin.decimals);
    let less = Units::new(missing.get() / 10 * 6);
    let more = missing
        .checked_add(Units::new(missing.get() / 10))
        .unwrap_or(missing);
    let dust = coin.read("0.01").unwrap_or_default();
    let pay = |label: &str, class: &str, units: Units, extra: &[(&str, &str)]| {
        let typed = plain(units);
        let mut fields = vec![("amount", typed.as_str())];
        fields.extend_from_slice(extra);
        button(&to, label, class, &fields)
    };
    let wrong = other_token(coin).map_or_else(String::new, |other| {
        let label = format!("The wrong token: {}", other.name);
        let typed = coin
            .worth(missing, coin.rate("USD").unwrap_or(0))
            .and_then(|worth| other.bought_by(worth, other.rate("USD")?))
            .unwrap_or_default()
            .to_plain(other.decimals);
        let fields = [("amount", typed.as_str()), ("crypto", other.name)];
        button(&to, &label, "quiet", &fields)
    });
    let buttons = [
        pay(
            &format!("Pay exactly {}", amount(coin, missing)),
            "main",
            missing,
            &[],
        ),
        pay(&format!("Less: {}", amount(coin, less)), "quiet", less, &[]),
        pay(&format!("More: {}", amount(coin, more)), "quiet", more, &[]),
        pay(
            "Send it, not confirmed yet",
            "quiet",
            missing,
            &[("seen", "unconfirmed")],
        ),
        pay(
            "Twice in one transaction",
            "quiet",
            missing,
            &[("copies", "2")],
        ),
        wrong,
        pay(&format!("Dust: {}", amount(coin, dust)), "quiet", dust, &[]),
    ]
    .concat();
    format!("<section><h2>Pay</h2><div class=\"actions\">{buttons}</div></section>")
}

/// The other dollar on the same chain, or else any other coin of it.
fn other_token(coin: Coin) -> Option<Coin> {
    let others = || {
        COINS
            .into_iter()
            .filter(move |other| other.chain == coin.chain && other.name != coin.name)
    };
    others()
        .find(|other| other.name.ends_with("USDT") || other.name.ends_with("USDC"))
        .or_else(|| others().next())
}

fn any_payment(coin: Coin, address: &str, typed: &PayForm) -> String {
    let option = |value: &str, label: &str, chosen: bool| {
        let selected = if chosen { " selected" } else { "" };
        format!("<option value=\"{value}\"{selected}>{label}</option>")
    };
    let coins: String = COINS
        .into_iter()
        .filter(|other| other.chain == coin.chain)
        .map(|other| {
            let chosen = typed.crypto.as_deref().unwrap_or(coin.name) == other.name;
            option(other.name, other.display_name, chosen)
        })
        .collect();
    let seen =
        |value: &str, label: &str| option(value, label, typed.seen.as_deref() == Some(value));
    let open = if typed.is_typed() { " open" } else { "" };
    format!(
        "<details{open}><summary>Any other payment</summary>\
         <form class=\"grid\" method=\"post\" action=\"/pay/{address}\">\
         <label>Amount<input name=\"amount\" inputmode=\"decimal\" autocomplete=\"off\" \
         required value=\"{amount}\"></label>\
         <label>Coin<select name=\"crypto\">{coins}</select></label>\
         <label>Shows as<select name=\"seen\">{confirmed}{shallow}{unconfirmed}</select></label>\
         <label>Minutes from now<input name=\"after_min\" type=\"number\" min=\"0\" \
         max=\"100000\" value=\"{after}\"></label>\
         <label>In this transaction, if there is one<input name=\"txid\" autocomplete=\"off\" \
         value=\"{txid}\"></label>\
         <button class=\"main\">Pay</button></form></details>",
        address = Text(address),
        amount = Text(typed.amount.as_deref().unwrap_or_default()),
        confirmed = seen("confirmed", "confirmed"),
        shallow = seen("shallow", "in a block, not deep yet"),
        unconfirmed = seen("unconfirmed", "not confirmed"),
        after = Text(typed.after_min.as_deref().unwrap_or("0")),
        txid = Text(typed.txid.as_deref().unwrap_or_default()),
    )
}

fn transfers(state: &State, address: &str) -> String {
    let own = |to: &str| to == address;
    let planned: String = state
        .planned
        .iter()
        .filter(|payment| own(&payment.to))
        .filter_map(|payment| {
            let sum = amount(coin::find(&payment.crypto)?, payment.amount);
            let at = written_date(payment.at_ms);
            Some(format!(
                "<li class=\"card\"><span class=\"sum\">{}</span>\
                 <span class=\"tag waiting\">planned</span>\
                 <span>at {at} UTC</span></li>",
                Text(sum)
            ))
        })
        .collect();
    let made: String = state
        .transfers
        .iter()
        .rev()
        .filter(|transfer| own(&transfer.to))
        .filter_map(|transfer| row(transfer, address))
        .collect();
    if planned.is_empty() && made.is_empty() {
        return String::new();
    }
    format!("<section><h2>Transfers</h2><ul class=\"cards\">{planned}{made}</ul></section>")
}

fn row(transfer: &Transfer, address: &str) -> Option<String> {
    let coin = coin::find(&transfer.crypto)?;
    let plain = transfer.amount.to_plain(coin.decimals);
    let turn = |name: &str, label: &str, class: &str| {
        let to = format!("/transactions/{}/{name}", transfer.txid);
        button(&to, label, class, &[])
    };
    let again = button(
        &format!("/pay/{address}"),
        "Once more in this transaction",
        "quiet",
        &[
            ("amount", plain.as_str()),
            ("crypto", coin.name),
            ("txid", transfer.txid.as_str()),
        ],
    );
    let (tag, said, actions) = match &transfer.stage {
        Stage::Waiting => (
            "waiting",
            "in no block yet".to_owned(),
            [
                turn("confirm", "Confirm", "main"),
                turn("drop", "Drop", "quiet"),
                turn("replace", "Replace", "quiet"),
            ]
            .concat(),
        ),
        Stage::Mined { confirmations } => (
            "paid",
            format!("{confirmations} confirmations"),
            [again, turn("reorganise", "Give its block up", "danger")].concat(),
        ),
        Stage::Dropped => ("failed", "dropped".to_owned(), String::new()),
        Stage::Replaced { by } => (
            "failed",
            format!("replaced by {}", short(by)),
            String::new(),
        ),
        Stage::Reorganised => ("failed", "its block was given up".to_owned(), String::new()),
    };
    Some(format!(
        "<li class=\"card\"><span class=\"sum\">{}</span><span class=\"tag {tag}\">{tag}</span>\
         <span>{}</span><span class=\"mono break\">{}</span>\
         <span class=\"date\">{}</span><div class=\"actions\">{actions}</div></li>",
        Text(amount(coin, transfer.amount)),
        Text(said),
        Text(&transfer.txid),
        written_date(transfer.at_ms),
    ))
}
