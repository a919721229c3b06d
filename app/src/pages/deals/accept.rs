//! The buyer releases the money. Nobody can undo it.

use axum::response::Response;
use domain::Units;
use domain::deal::{Command, Party};
use leptos::prelude::*;
use serde::Deserialize;

use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::take::take;
use super::words::Words;
use crate::components::{Button, Checkbox, Confirm, Money, PostForm, Row, SummaryList};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    checked: Option<String>,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    Ok(show(&page, &case, &Fields::default(), &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = Case::open(&page, path).await?;
    if form.fields.checked.is_none() {
        let mut errors = Errors::none();
        errors.add("checked", page.t().deal_accept_tick());
        return Ok(show(&page, &case, &form.fields, &errors));
    }
    take(
        &page,
        &case,
        &form,
        Command::Accept,
        "deal_accepted",
        |case, errors| {
            // What was ticked on another version is to be ticked again.
            show(&page, case, &Fields::default(), errors)
        },
    )
    .await
}

pub(super) fn show(page: &Page, case: &Case, fields: &Fields, errors: &Errors) -> Response {
    let t = page.t();
    let words = Words::new(page, &case.view);
    let deal = case.deal();
    let parts = deal.division(Units::ZERO);
    let net = words.net(parts.map(|parts| parts.seller).unwrap_or_default());
    let seller = words.name(Party::Seller);
    let title = t.deal_accept_title(&net, &seller);
    let button = t.deal_accept_button(&net);
    let (rows, version, checked) = (rows(words), deal.version, fields.checked.is_some());
    step_page(page, case, title, errors, case.may(Command::Accept), || {
        let not_yet = not_yet(page, case);
        view! {
            <SummaryList rows/>
            <PostForm version class="stack">
                <Confirm warning=t.deal_accept_final() final_word=t.deal_accept_never_asked().to_owned()>
                    <Checkbox name="checked" label=t.deal_accept_checked() checked/>
                    <p class="cluster"><Button>{button}</Button>{not_yet}</p>
                </Confirm>
            </PostForm>
        }
    })
}

/// How the held sum becomes what the seller gets.
fn rows(words: Words<'_>) -> Vec<Row> {
    let t = words.t();
    let deal = &words.view.deal;
    let asset = deal.terms.asset;
    let money = move |units: Units| view! { <Money units asset/> };
    let Some(parts) = deal.division(Units::ZERO) else {
        return Vec::new();
    };
    let network_fee = deal.terms.network_fee;
    vec![
        Row::new(t.deal_account_held(), money(deal.held())),
        Row::new(t.deal_terms_fee(), money(parts.fee)),
        Row::new(t.deal_terms_network_fee(), money(network_fee)),
        Row::new(
            t.deal_terms_receives(),
            money(parts.seller.less(network_fee)),
        ),
    ]
}
