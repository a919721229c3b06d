//! Deals and requests as the dashboard shows them: what to do first, then what it is about.

use domain::deal::{Task, TaskKind};
use leptos::prelude::*;
use services::dashboard::{Dashboard, OwnDeal, Part};
use services::requests::RequestSummary;

use super::read;
use crate::components::{Button, DealChip, Icon, Look, Moment, Money};
use crate::i18n::Locale;
use crate::page::Page;
use crate::pages::deals::{room_path, step_path};

/// What waits for the person, soonest first; then requests with offers to compare.
pub(super) fn needs_you(page: &Page, dashboard: &Dashboard) -> impl IntoView + use<> {
    let t = page.t();
    let mut looks = core::iter::once(Look::Primary).chain(core::iter::repeat(Look::Quiet));
    let mut next_look = || looks.next().unwrap_or_default();
    let deals = read(t, &dashboard.needs_you);
    let requests = read(t, &dashboard.to_compare);
    let mut cards: Vec<AnyView> = Vec::new();
    for own in deals.iter().flat_map(|deals| deals.iter()) {
        if let Some(task) = own.task {
            cards.push(to_do(t, own, task, next_look()).into_any());
        }
    }
    for request in requests.iter().flat_map(|requests| requests.iter()) {
        cards.push(to_compare(t, request, next_look()).into_any());
    }
    // One sentence is enough for both. With one of them away nobody knows that nothing is to do.
    let away = deals.err().or(requests.err());
    let body = if cards.is_empty() && away.is_none() {
        view! { <p>{t.dashboard_nothing()}</p> }.into_any()
    } else {
        view! { {away}<ul class="plain stack">{cards}</ul> }.into_any()
    };
    view! {
        <section class="stack" aria-labelledby="needs-you">
            <h2 id="needs-you">{t.dashboard_needs_you()}</h2>
            {body}
        </section>
    }
}

fn to_do(t: Locale, own: &OwnDeal, task: Task, look: Look) -> impl IntoView + use<> {
    let deal = &own.deal;
    let href = task_path(own, task.kind);
    let title = deal.title.clone();
    view! {
        <li class="card stack tight">
            <p class="cluster apart">
                <strong>{task_words(t, task.kind)}</strong>
                <Money units=deal.price asset=deal.asset/>
            </p>
            {about(t, own)}
            {task.by.map(|at| view! {
                <p class="by"><Icon name="clock"/><span>{t.dashboard_by()}" "<Moment at/></span></p>
            })}
            <p>
                <Button look href=href>
                    {task_button(t, task.kind)}
                    <span class="visually-hidden">": "{title}</span>
                </Button>
            </p>
        </li>
    }
}

fn to_compare(t: Locale, request: &RequestSummary, look: Look) -> impl IntoView + use<> {
    let title = request
        .title
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let href = format!("/requests/{}/offers", request.id);
    let until = request.offers_until;
    let named = title.clone();
    view! {
        <li class="card stack tight">
            <p><strong>{t.dashboard_offers(u64::from(request.offers))}</strong></p>
            <p><bdi>{title}</bdi></p>
            {until.map(|at| view! {
                <p class="by">
                    <Icon name="clock"/><span>{t.dashboard_offers_until()}" "<Moment at/></span>
                </p>
            })}
            <p>
                <Button look href=href>
                    {t.dashboard_compare()}
                    <span class="visually-hidden">": "{named}</span>
                </Button>
            </p>
        </li>
    }
}

/// What others have to do, next deadline first.
pub(super) fn waiting(page: &Page, deals: &Part<Vec<OwnDeal>>) -> impl IntoView + use<> {
    let t = page.t();
    section(t, "waiting", t.dashboard_waiting(), deals, move |own| {
        let next = own.deal.next_at.map(|at| {
            view! { <p class="by"><Icon name="clock"/><span>{t.deal_list_next()}" "<Moment at/></span></p> }
        });
        deal_card(t, own, next).into_any()
    })
}

/// What ended lately, newest first.
pub(super) fn recent(page: &Page, deals: &Part<Vec<OwnDeal>>) -> impl IntoView + use<> {
    let t = page.t();
    section(t, "recent", t.dashboard_recent(), deals, move |own| {
        let at = own.deal.updated_at;
        let last = Some(view! { <p class="muted small-text"><Moment at/></p> });
        deal_card(t, own, last).into_any()
    })
}

/// A list of deals under its title; nothing when there are none.
fn section(
    t: Locale,
    id: &'static str,
    title: &'static str,
    deals: &Part<Vec<OwnDeal>>,
    card: impl Fn(&OwnDeal) -> AnyView,
) -> Option<AnyView> {
    let body = match read(t, deals) {
        Ok(deals) if deals.is_empty() => return None,
        Ok(deals) => {
            let cards: Vec<_> = deals.iter().map(card).collect();
            view! { <ul class="plain stack">{cards}</ul> }.into_any()
        }
        Err(away) => away,
    };
    let section = view! {
        <section class="stack" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            {body}
        </section>
    };
    Some(section.into_any())
}

fn deal_card<V: IntoView + 'static>(
    t: Locale,
    own: &OwnDeal,
    last: Option<V>,
) -> impl IntoView + use<V> {
    let deal = &own.deal;
    let (state, held, late) = (deal.state, deal.is_on_hold, deal.has_late_money());
    view! {
        <li class="card stack tight">
            <p class="cluster apart">
                <DealChip state held late/>
                <Money units=deal.price asset=deal.asset/>
            </p>
            {about(t, own)}
            {last}
        </li>
    }
}

/// What the deal is about, and with whom it is.
fn about(t: Locale, own: &OwnDeal) -> impl IntoView + use<> {
    let href = room_path(own.deal.id);
    let title = own.deal.title.clone();
    let with = (!own.other.is_empty()).then(|| t.dashboard_with(&own.other));
    let code = t.deal_title(own.deal.id.short());
    view! {
        <h3 class="card-title"><a href=href><bdi>{title}</bdi></a></h3>
        <p class="muted">{code}{with.map(|with| view! { " · "{with} })}</p>
    }
}

/// The page on which the task is done; the room where there is more than one way to do it.
fn task_path(own: &OwnDeal, kind: TaskKind) -> String {
    let deal = own.deal.id;
    match kind {
        TaskKind::Pay | TaskKind::TopUp => step_path(deal, "pay"),
        TaskKind::Ship => step_path(deal, "ship"),
        TaskKind::HandOver => step_path(deal, "code"),
        TaskKind::AnswerDispute => step_path(deal, "answer"),
        TaskKind::GiveAddress => step_path(deal, "payout-address"),
        TaskKind::ClaimPayout => step_path(deal, "claim"),
        TaskKind::DecideProposal
        | TaskKind::Inspect
        | TaskKind::ReadRuling
        | TaskKind::DecideLateMoney => room_path(deal),
    }
}

/// What waits for the person.
const fn task_words(t: Locale, kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Pay => t.dashboard_task_pay(),
        TaskKind::TopUp => t.dashboard_task_top_up(),
        TaskKind::DecideProposal => t.dashboard_task_decide_proposal(),
        TaskKind::Ship => t.dashboard_task_ship(),
        TaskKind::HandOver => t.dashboard_task_hand_over(),
        TaskKind::Inspect => t.dashboard_task_inspect(),
        TaskKind::AnswerDispute => t.dashboard_task_answer_dispute(),
        TaskKind::ReadRuling => t.dashboard_task_read_ruling(),
        TaskKind::GiveAddress => t.dashboard_task_give_address(),
        TaskKind::ClaimPayout => t.dashboard_task_claim_payout(),
        TaskKind::DecideLateMoney => t.dashboard_task_decide_late_money(),
    }
}

/// The same as a button says it.
const fn task_button(t: Locale, kind: TaskKind) -> &'static str {
    match kind {
        TaskKind::Pay => t.dashboard_button_pay(),
        TaskKind::TopUp => t.dashboard_button_top_up(),
        TaskKind::Ship => t.deal_now_ship_button(),
        TaskKind::HandOver => t.deal_now_enter_code_button(),
        TaskKind::AnswerDispute => t.deal_now_answer_button(),
        TaskKind::GiveAddress => t.deal_now_address_button(),
        TaskKind::ClaimPayout => t.deal_now_claim_button(),
        TaskKind::DecideProposal
        | TaskKind::Inspect
        | TaskKind::ReadRuling
        | TaskKind::DecideLateMoney => t.dashboard_button_open(),
    }
}
