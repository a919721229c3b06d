//! `/`: all invoices, the payouts, the wallet.

use axum::extract::{Query, State as Shared};
use axum::http::StatusCode;
use serde::Deserialize;

use super::html::{Page, Text, button, fiat, short};
use super::sections;
use crate::books::messages::written_date;
use crate::coin;
use crate::simulator::Simulator;
use crate::state::{Invoice, State};

/// How many invoices are listed; the rest is found by searching.
const LISTED_MAX: usize = 50;

#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
}

pub(super) async fn handler(
    Shared(simulator): Shared<Simulator>,
    Query(asked): Query<Asked>,
) -> Page {
    let main = simulator.read(|state| {
        [
            tick(),
            invoices(state, asked.q.trim()),
            sections::payouts(state),
            sections::wallet(state),
            sections::callbacks(state),
        ]
        .concat()
    });
    Page {
        status: StatusCode::OK,
        title: "Payments".to_owned(),
        main,
    }
}

fn tick() -> String {
    let pass = button("/tick", "Let a minute pass", "quiet", &[]);
    format!(
        "<div class=\"bar\"><h1>Payments</h1>{pass}</div>\
         <p class=\"hint\">Blocks are found, payouts move on, and callbacks that nobody \
         acknowledged go out again. It also happens by itself.</p>"
    )
}

fn invoices(state: &State, wanted: &str) -> String {
    let fits = |invoice: &&Invoice| {
        wanted.is_empty()
            || invoice.external_id.contains(wanted)
            || invoice
                .addresses
                .iter()
                .any(|(_, own)| own.contains(wanted))
    };
    let found: Vec<&Invoice> = state.invoices.iter().rev().filter(fits).collect();
    let rows: String = found
        .iter()
        .take(LISTED_MAX)
        .map(|invoice| row(invoice))
        .collect();
    let list = if found.is_empty() {
        "<p class=\"empty\">No shop has asked for an address yet, or none fits. Accept an offer \
         in the shop, choose how to pay, and come back.</p>"
            .to_owned()
    } else {
        format!("<ul class=\"cards\">{rows}</ul>")
    };
    let more = found.len().saturating_sub(LISTED_MAX);
    let more = if more > 0 {
        format!("<p class=\"hint\">{more} older ones are not listed. Search for them.</p>")
    } else {
        String::new()
    };
    format!(
        "<form class=\"search\" method=\"get\" action=\"/\" role=\"search\">\
         <label for=\"q\">Address or order</label>\
         <input id=\"q\" name=\"q\" type=\"search\" value=\"{}\" autocomplete=\"off\">\
         <button class=\"quiet\">Find</button></form>{list}{more}",
        Text(wanted)
    )
}

fn row(invoice: &Invoice) -> String {
    let name = coin::find(&invoice.crypto).map_or("", |coin| coin.display_name);
    let status = invoice.status.name();
    format!(
        "<li><a class=\"card\" href=\"/pay/{address}\">\
         <span class=\"sum\">{asked}</span><span class=\"tag {class}\">{status}</span>\
         <span class=\"coin\">{name}</span>\
         <span class=\"mono\">{short}</span><span class=\"date\">{date}</span></a></li>",
        address = Text(&invoice.address),
        asked = Text(fiat(invoice.amount_fiat, &invoice.fiat)),
        class = status.to_ascii_lowercase(),
        short = Text(short(&invoice.address)),
        date = written_date(invoice.at_ms),
    )
}
