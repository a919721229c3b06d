//! Dividing what is held by agreement: one proposes, the other signs.

use axum::extract::Query;
use axum::response::Response;
use domain::Units;
use domain::deal::{Command, Offer, Party, Rejection};
use leptos::prelude::*;
use serde::Deserialize;

use super::fields;
use super::frame::step_page;
use super::open::{Case, DealPath};
use super::proposal::{Kind, Reply, standing, waits_for_answer};
use super::take::take;
use super::words::Words;
use crate::components::{Button, Look, MoneyInput, PostForm, SplitPreview};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

/// The buyer's part to be looked at before it is proposed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    value: String,
}

pub(crate) async fn get(page: Page, path: DealPath, Query(asked): Query<Asked>) -> PageResult {
    let case = Case::open(&page, path).await?;
    let mut errors = Errors::none();
    if !asked.value.is_empty() {
        errors.take("value", part(&page, &case, &asked.value));
    }
    Ok(show(&page, &case, &asked.value, &errors))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Reply>) -> PageResult {
    let case = Case::open(&page, path).await?;
    let (step, done) = if let Some(command) = form.fields.command() {
        command
    } else {
        let mut errors = Errors::none();
        let typed = &form.fields.value;
        let Some(buyer) = errors.take("value", part(&page, &case, typed)) else {
            return Ok(show(&page, &case, typed, &errors));
        };
        let offer = Offer::Split { buyer };
        (Command::Propose { offer }, "deal_proposed")
    };
    take(&page, &case, &form, step, done, |case, errors| {
        show(&page, case, &form.fields.value, errors)
    })
    .await
}

/// The buyer's part as typed: of what is held, no more.
fn part(page: &Page, case: &Case, typed: &str) -> Result<Units, String> {
    let t = page.t();
    let deal = case.deal();
    let units = fields::sum(t, deal.terms.asset, typed)?;
    if units > deal.held() {
        let held = Words::new(page, &case.view).money(deal.held());
        return Err(t.deal_split_too_large(held));
    }
    Ok(units)
}

const fn is_split(offer: Offer) -> bool {
    matches!(offer, Offer::Split { .. })
}

pub(crate) fn show(page: &Page, case: &Case, typed: &str, errors: &Errors) -> Response {
    let t = page.t();
    let words = Words::new(page, &case.view);
    let waits = waits_for_answer(case, is_split);
    let may = may_propose(case);
    let kind = Kind {
        is: is_split,
        agree: &|offer| match offer {
            Offer::Split { buyer } => t.deal_split_agree(own_part(words, case.party, buyer)),
            Offer::Waiver { .. } | Offer::Extension { .. } => String::new(),
        },
        detail: &|offer| match offer {
            Offer::Split { buyer } => preview(case, buyer).map(|parts| {
                let fee = words.money(case.deal().terms.network_fee);
                view! { {parts}<p class="muted">{t.deal_split_network_fee(fee)}</p> }.into_any()
            }),
            Offer::Waiver { .. } | Offer::Extension { .. } => None,
        },
    };
    let standing = standing(page, case, &kind);
    let page_may = if standing.is_empty() { may } else { Ok(()) };
    let held = words.money(case.deal().held());
    step_page(page, case, t.deal_split_title(), errors, page_may, || {
        view! {
            <p class="prose">{t.deal_split_text(held)}</p>
            {standing}
            {may.is_ok().then(|| propose(page, case, typed, waits))}
        }
    })
}

fn may_propose(case: &Case) -> Result<(), Rejection> {
    case.may(Command::Propose {
        offer: Offer::Split {
            buyer: case.deal().held(),
        },
    })
}

/// What agreeing brings to the viewer.
fn own_part(words: Words<'_>, party: Party, buyer: Units) -> String {
    let division = words.view.deal.division(buyer);
    let gross = division.map(|division| match party {
        Party::Buyer => division.buyer,
        Party::Seller => division.seller,
    });
    words.net(gross.unwrap_or_default())
}

fn preview(case: &Case, buyer: Units) -> Option<AnyView> {
    let asset = case.deal().terms.asset;
    let parts = case.deal().division(buyer)?;
    Some(
        view! { <SplitPreview asset buyer=parts.buyer seller=parts.seller fee=parts.fee/> }
            .into_any(),
    )
}

/// Two steps: look at both sums, then propose.
fn propose(page: &Page, case: &Case, typed: &str, waits: bool) -> impl IntoView + use<> {
    let t = page.t();
    let unit = case.deal().terms.asset.token().code();
    let looked_at = part(page, case, typed).ok();
    let shown = looked_at.and_then(|buyer| preview(case, buyer));
    let version = case.deal().version;
    let network_fee = Words::new(page, &case.view).money(case.deal().terms.network_fee);
    let typed = typed.to_owned();
    let value = typed.clone();
    let (look_at, propose) = match (shown.is_some(), waits) {
        (true, false) => (Look::Quiet, Look::Primary),
        (false, false) => (Look::Primary, Look::Quiet),
        (_, true) => (Look::Quiet, Look::Quiet),
    };
    view! {
        <section class="stack" aria-labelledby="propose">
            <h2 id="propose">{t.deal_split_propose()}</h2>
            <form method="get" class="stack" novalidate>
                <MoneyInput
                    name="value"
                    label=t.deal_split_buyer_part()
                    hint=t.deal_split_hint(network_fee)
                    value
                    unit
                />
                <p><Button look=look_at>{t.deal_split_preview()}</Button></p>
            </form>
            {shown.map(|shown| view! {
                {shown}
                <PostForm version class="stack">
                    <input type="hidden" name="value" value=typed/>
                    <p><Button look=propose name="act" value="propose">{t.deal_split_button()}</Button></p>
                </PostForm>
            })}
        </section>
    }
}
