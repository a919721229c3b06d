//! Paying: how much, on which network, to which address; and how far the payment has come.

mod check;
mod refund;
mod send;

use axum::extract::Query;
use axum::response::Response;
use domain::deal::{Command, Deal, Rejection, State};
use leptos::prelude::*;
use serde::Deserialize;
use services::deals::DealError;
use services::payments::{PayView, RequestAddressError};

use super::frame::{live_page, step_page};
use super::open::{self, Case, DealPath, room_path, step_path};
use super::room;
use super::words::Words;
use crate::components::{Banner, Button, Look, Moment, TimeLeft, Tone};
use crate::form::Errors;
use crate::page::{Page, PageResult};

/// What the payer pasted, to have it compared.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Pasted {
    check: String,
}

pub(crate) async fn get(page: Page, path: DealPath, Query(pasted): Query<Pasted>) -> PageResult {
    let case = Case::open(&page, path).await?;
    let asked = page.services().request_address(&page.actor(), path.0).await;
    match asked {
        Ok(pay) => {
            if page.has_seen(&version(&case, &pay)) {
                return Ok(page.unchanged());
            }
            Ok(show(&page, &case, &pay, &pasted.check))
        }
        Err(RequestAddressError::Gateway(error)) => {
            tracing::warn!(%error, "no address can be issued");
            Ok(gateway_away(&page, &case))
        }
        Err(RequestAddressError::Deal(DealError::Rejected(Rejection::WrongState))) => {
            if page.has_seen(&version_over(&case)) {
                return Ok(page.unchanged());
            }
            Ok(not_due(&page, &case))
        }
        Err(RequestAddressError::Deal(DealError::Rejected(rejection))) => {
            let title = page.t().deal_pay_title();
            Ok(step_page(
                &page,
                &case,
                title,
                &Errors::none(),
                Err(rejection),
                || (),
            ))
        }
        Err(RequestAddressError::Deal(error)) => Err(open::failure(&error)),
    }
}

/// The page while something is due; `pasted` is compared with the address.
pub(crate) fn show(page: &Page, case: &Case, pay: &PayView, pasted: &str) -> Response {
    let t = page.t();
    let words = Words::new(page, &case.view);
    let version = version(case, pay);
    let title = match case.deal().state {
        State::Underpaid if words.view.deal.is_topped_up() => t.deal_pay_title_seen().to_owned(),
        State::Underpaid => t.deal_pay_title_rest(words.money(pay.missing)),
        State::Detected => t.deal_pay_title_seen().to_owned(),
        _ => t.deal_pay_title_sum(words.money(pay.missing)),
    };
    live_page(page, case, title, version, || {
        let progress = progress(words, pay, is_late(case, pay));
        let arrived = arrived(words);
        let others = others(words, pay);
        let sending = may_send(words, pay, is_late(case, pay))
            .then(|| send::instructions(words, pay, pasted));
        let refund = refund::part(page, case);
        let back = back_to_deal(page, case);
        view! {
            <div class="pay stack loose">
                {progress}
                {arrived}
                {others}
                {sending}
                {refund}
                {back}
            </div>
        }
    })
}

/// All that the page shows while something is due hangs on these.
fn version(case: &Case, pay: &PayView) -> String {
    let late = if is_late(case, pay) { "-late" } else { "" };
    format!("{}-{}{late}", case.deal().version, pay.intent.version)
}

/// The same when nothing is due; never one of the above.
fn version_over(case: &Case) -> String {
    format!("{}-over", case.deal().version)
}

/// Whether the price is held no more.
fn is_late(case: &Case, pay: &PayView) -> bool {
    pay.until.is_some_and(|until| case.view.now >= until)
}

/// Nobody should send anything while a payment is under way, or after the price was let go.
fn may_send(words: Words<'_>, pay: &PayView, is_late: bool) -> bool {
    let is_under_way = words.view.deal.state == State::Detected || words.view.deal.is_topped_up();
    !is_under_way && !is_late && !pay.missing.is_zero()
}

/// How far the payment has come.
fn progress(words: Words<'_>, pay: &PayView, is_late: bool) -> impl IntoView + use<> {
    let t = words.t();
    let deal = &words.view.deal;
    match deal.state {
        State::Detected => {
            let seen = t.deal_pay_seen(words.money(words.view.deal.under_way()));
            view! {
                <Banner tone=Tone::Ok>
                    <p><strong>{seen}</strong></p>
                    <p>{t.deal_pay_seen_text()}</p>
                </Banner>
            }
            .into_any()
        }
        State::Underpaid => short(words, pay).into_any(),
        _ if is_late => view! { <Banner tone=Tone::Bad>{t.deal_pay_over()}</Banner> }.into_any(),
        _ => held_until(words, pay).into_any(),
    }
}

/// Part of it has arrived: what is missing, and the three ways on.
fn short(words: Words<'_>, pay: &PayView) -> impl IntoView + use<> {
    let t = words.t();
    let deal = &words.view.deal;
    let arrived = words.money(deal.held());
    let missing = words.money(pay.missing);
    let under_way = words.view.deal.under_way();
    let under_way = (!under_way.is_zero()).then(|| t.deal_pay_under_way(words.money(under_way)));
    let send = (!words.view.deal.is_topped_up()).then(|| t.deal_pay_short_send(&missing));
    let until = pay.until;
    let waive = step_path(deal.id, "waiver");
    let withdraw = step_path(deal.id, "withdraw");
    view! {
        <Banner tone=Tone::Care>
            <p><strong>{t.deal_pay_short(arrived, &missing)}</strong></p>
            {under_way.map(|text| view! { <p><strong>{text}</strong></p> })}
            <ul class="ways">
                {send.map(|send| view! { <li>{send}</li> })}
                <li><a href=waive>{t.deal_pay_short_waive()}</a></li>
                <li><a href=withdraw>{t.deal_pay_short_refund()}</a></li>
            </ul>
            {until.map(|at| view! {
                <p>{t.deal_pay_short_until()}" "<Moment at/></p>
            })}
        </Banner>
    }
}

fn held_until(words: Words<'_>, pay: &PayView) -> impl IntoView + use<> {
    let t = words.t();
    pay.until.map(|at| {
        view! {
            <div class="stack tight">
                <p>{t.deal_pay_until()}" "<Moment at/>" "<TimeLeft at/></p>
                <p class="muted">{t.deal_pay_may_close()}</p>
            </div>
        }
    })
}

/// Every transfer that was seen, and how far it counts.
fn arrived(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let title = words.t().deal_deposits();
    room::deposit_list(words).map(|list| {
        view! {
            <section class="stack tight" aria-labelledby="arrived">
                <h2 id="arrived">{title}</h2>
                {list}
            </section>
        }
    })
}

/// What else came to the address: dust that does not count yet, and what never counts.
fn others(words: Words<'_>, pay: &PayView) -> impl IntoView + use<> {
    let t = words.t();
    let dust = pay.intent.waiting_dust();
    let dust = (!dust.is_zero()).then(|| {
        let least = words.money(words.view.deal.terms.asset.min_deposit());
        let text = t.deal_pay_dust(words.money(dust), least);
        view! { <Banner tone=Tone::Care>{text}</Banner> }
    });
    let strays = (!pay.intent.strays.is_empty()).then(|| {
        view! {
            <Banner tone=Tone::Care>
                {t.deal_pay_stray()}" "<a href="/contact">{t.deal_pay_stray_write()}</a>
            </Banner>
        }
    });
    view! { {dust}{strays} }
}

/// No address can be had now.
pub(crate) fn gateway_away(page: &Page, case: &Case) -> Response {
    let t = page.t();
    let version = format!("{}-away", case.deal().version);
    live_page(page, case, t.deal_pay_title(), version, || {
        let here = step_path(case.deal().id, "pay");
        view! {
            <Banner tone=Tone::Bad>
                <p><strong>{t.deal_pay_away()}</strong></p>
                <p>{t.deal_pay_away_text()}</p>
            </Banner>
            <p class="cluster">
                <Button href=here>{t.status_again()}</Button>
                {back_to_deal(page, case)}
            </p>
        }
    })
}

/// Nothing is due here: it is paid, or it is too late.
pub(crate) fn not_due(page: &Page, case: &Case) -> Response {
    let t = page.t();
    let words = Words::new(page, &case.view);
    let deal = case.deal();
    let surplus = deal.balance(domain::ledger::Account::Surplus);
    let late = !deal.late_undecided().is_empty();
    let (tone, text) = match deal.state {
        State::Expired | State::Cancelled if late => (Tone::Care, t.deal_pay_late().to_owned()),
        State::Expired => (Tone::Care, t.deal_pay_expired().to_owned()),
        State::Cancelled => (Tone::Care, t.deal_pay_cancelled().to_owned()),
        State::Suspended | State::Loss => (Tone::Bad, t.deal_now_suspended_buyer().to_owned()),
        _ if surplus.is_zero() => (Tone::Ok, t.deal_pay_paid().to_owned()),
        _ => (Tone::Ok, t.deal_pay_over_paid(words.money(surplus))),
    };
    let title = match deal.state {
        State::Expired | State::Cancelled | State::Suspended | State::Loss => words.state(),
        _ => t.deal_pay_title_paid(),
    };
    live_page(page, case, title, version_over(case), || {
        let next = way_on(page, case);
        view! {
            <Banner tone>{text}</Banner>
            <p class="cluster">
                {next.map(|(href, label)| view! { <Button href>{label}</Button> })}
                {back_to_deal(page, case)}
            </p>
        }
    })
}

/// The one thing that can still be done about the money: its page and its name.
fn way_on(page: &Page, case: &Case) -> Option<(String, &'static str)> {
    let t = page.t();
    let deal = case.deal();
    let step = |step| step_path(deal.id, step);
    if case.may(Command::AgreeToReopen).is_ok() {
        return Some((step("reopen"), t.deal_now_reopen_button()));
    }
    if case.may(Command::TakeSurplus).is_ok() {
        return Some((step("surplus"), t.deal_more_surplus()));
    }
    let is_over = matches!(deal.state, State::Expired | State::Cancelled);
    (is_over && deal.late_undecided().is_empty()).then(|| (anew(deal), t.deal_pay_again()))
}

/// Where the offer of a deal that ended can be accepted anew.
fn anew(deal: &Deal) -> String {
    format!("/requests/{}/offers/{}/accept", deal.request, deal.offer)
}

fn back_to_deal(page: &Page, case: &Case) -> impl IntoView + use<> {
    let back = room_path(case.deal().id);
    let label = page.t().deal_step_to_deal();
    view! { <Button look=Look::Quiet href=back>{label}</Button> }
}
