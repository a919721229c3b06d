//! A party gives the other everything that is held. Nobody can undo it.

use axum::response::Response;
use domain::Units;
use domain::deal::{Command, Party};
use leptos::prelude::*;
use serde::Deserialize;

use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::take::take;
use super::words::Words;
use crate::components::{Button, Checkbox, Confirm, Look, PostForm, SplitPreview};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    sure: Option<String>,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    Ok(show(&page, &case, &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = Case::open(&page, path).await?;
    if form.fields.sure.is_none() {
        let mut errors = Errors::none();
        errors.add("sure", page.t().deal_concede_tick());
        return Ok(show(&page, &case, &errors));
    }
    take(
        &page,
        &case,
        &form,
        Command::Concede,
        "deal_conceded",
        |case, errors| show(&page, case, errors),
    )
    .await
}

pub(crate) fn show(page: &Page, case: &Case, errors: &Errors) -> Response {
    let t = page.t();
    let words = Words::new(page, &case.view);
    let deal = case.deal();
    let buyer = match case.party {
        Party::Buyer => Units::ZERO,
        Party::Seller => deal.held(),
    };
    let parts = deal.division(buyer);
    let gross = parts.map(|parts| match case.party {
        Party::Buyer => parts.seller,
        Party::Seller => parts.buyer,
    });
    let sum = words.net(gross.unwrap_or_default());
    let title = t.deal_concede_title(&sum, words.name(case.party.other()));
    let button = t.deal_concede_button(&sum);
    let asset = deal.terms.asset;
    let version = deal.version;
    step_page(
        page,
        case,
        title,
        errors,
        case.may(Command::Concede),
        || {
            let not_yet = not_yet(page, case);
            view! {
                {parts.map(|parts| view! {
                    <SplitPreview asset buyer=parts.buyer seller=parts.seller fee=parts.fee/>
                })}
                <PostForm version class="stack">
                    <Confirm warning=t.deal_accept_final() final_word=t.deal_accept_never_asked().to_owned()>
                        <Checkbox name="sure" label=t.deal_concede_sure()/>
                        <p class="cluster">
                            <Button look=Look::Danger>{button}</Button>
                            {not_yet}
                        </p>
                    </Confirm>
                </PostForm>
            }
        },
    )
}
