//! `/admin/payouts`: payouts that wait for a person, in their piles.

use axum::response::Response;
use domain::deal::LegState;
use leptos::prelude::*;
use services::Failure as ServiceFailure;
use services::paging::{Limit, Page as Paged};
use services::payouts::{DeskPayout, JointPayoutSummary, PayoutDesk};
use services::solvency::PayoutsNow;

use crate::components::{Banner, Chip, Empty, Moment, Money, Pagination, Tab, Tabs, Tone};
use crate::i18n::Locale;
use crate::list_place::ListPlace;
use crate::page::{Page, PageResult};
use crate::pages::payouts_together;

const ON_A_PAGE: u32 = 20;

const fn code(desk: PayoutDesk) -> &'static str {
    match desk {
        PayoutDesk::ToApprove => "approve",
        PayoutDesk::Unclear => "unclear",
        PayoutDesk::Waiting => "waiting",
        PayoutDesk::Blocked => "blocked",
        PayoutDesk::NeedsAddress => "address",
        PayoutDesk::Unclaimed => "unclaimed",
    }
}

const fn label(t: Locale, desk: PayoutDesk) -> &'static str {
    match desk {
        PayoutDesk::ToApprove => t.paydesk_to_approve(),
        PayoutDesk::Unclear => t.paydesk_unclear(),
        PayoutDesk::Waiting => t.paydesk_waiting(),
        PayoutDesk::Blocked => t.paydesk_blocked(),
        PayoutDesk::NeedsAddress => t.paydesk_needs_address(),
        PayoutDesk::Unclaimed => t.paydesk_unclaimed(),
    }
}

const fn lede(t: Locale, desk: PayoutDesk) -> &'static str {
    match desk {
        PayoutDesk::ToApprove => t.paydesk_to_approve_lede(),
        PayoutDesk::Unclear => t.paydesk_unclear_lede(),
        PayoutDesk::Waiting => t.paydesk_waiting_lede(),
        PayoutDesk::Blocked => t.paydesk_blocked_lede(),
        PayoutDesk::NeedsAddress => t.paydesk_needs_address_lede(),
        PayoutDesk::Unclaimed => t.paydesk_unclaimed_lede(),
    }
}

fn path(desk: PayoutDesk) -> String {
    format!("/admin/payouts?desk={}", code(desk))
}

pub(crate) async fn get(page: Page) -> PageResult {
    let asked = page.query("desk");
    let desk = PayoutDesk::ALL
        .into_iter()
        .find(|desk| asked == Some(code(*desk)))
        .unwrap_or(PayoutDesk::ToApprove);
    let place = ListPlace::of(&page);
    let request = place.request(Limit::new(ON_A_PAGE));
    let actor = page.actor();
    let found = page.services().list_payout_desk(&actor, desk, request);
    let found = found.await?;
    let joint = page.services().list_joint_desk(&actor, desk).await?;
    let status = page
        .services()
        .status()
        .await
        .map_err(ServiceFailure::from)?;
    let is_stopped = status.payouts != PayoutsNow::Running;
    Ok(show(&page, desk, found, joint, &place, is_stopped))
}

fn show(
    page: &Page,
    desk: PayoutDesk,
    found: Paged<DeskPayout>,
    joint: Vec<(JointPayoutSummary, String)>,
    place: &ListPlace,
    is_stopped: bool,
) -> Response {
    let t = page.t();
    page.html(t.paydesk_title()).render(|| {
        let payouts = found.items;
        let next = place.older(&path(desk), found.next);
        let stopped = is_stopped.then(|| {
            view! {
                <Banner tone=Tone::Bad>
                    {t.solvency_stopped()}" "<a href="/admin/solvency">{t.solvency_to_desk()}</a>
                </Banner>
            }
        });
        let previous = place.newer(&path(desk));
        let list = if payouts.is_empty() && joint.is_empty() {
            view! { <Empty title=t.paydesk_none() text=lede(t, desk)/> }.into_any()
        } else {
            let together: Vec<_> = joint
                .iter()
                .map(|(one, to)| joint_card(page, one, to))
                .collect();
            let cards: Vec<_> = payouts.into_iter().map(|one| card(page, one)).collect();
            view! { <ul class="plain stack">{together}{cards}</ul> }.into_any()
        };
        view! {
            <div class="stack loose">
                <h1>{t.paydesk_title()}</h1>
                {stopped}
                {tabs(t, desk)}
                <section class="stack" aria-labelledby="pile">
                    <h2 id="pile">{label(t, desk)}</h2>
                    {list}
                    <Pagination previous=previous next=next/>
                </section>
            </div>
        }
    })
}

fn tabs(t: Locale, chosen: PayoutDesk) -> impl IntoView + use<> {
    let tabs = PayoutDesk::ALL.map(|desk| Tab::new(path(desk), label(t, desk), desk == chosen));
    view! { <Tabs label=t.paydesk_piles() groups=vec![tabs.into()]/> }
}

fn card(page: &Page, one: DeskPayout) -> impl IntoView + use<> {
    let t = page.t();
    let DeskPayout { deal, leg, .. } = &one;
    let href = format!("/admin/payouts/{}/{}", deal.id, leg.id);
    let (net, asset, since) = (leg.net, deal.asset, leg.planned_at);
    let (tone, icon, word) = chip(t, &one);
    let network = deal.asset.network().name();
    let held = deal.is_on_hold.then(|| {
        view! { <Chip tone=Tone::Care icon="deal-frozen" text=t.state_hold()/> }
    });
    view! {
        <li class="card stack tight">
            <p class="cluster apart">
                <span class="cluster"><Chip tone icon text=word/>{held}</span>
                <Money units=net asset/>
            </p>
            <h3 class="card-title"><a href=href>{t.paydesk_to(&one.payee)}</a></h3>
            <p><bdi>{deal.title.clone()}</bdi>" · "{t.deal_title(deal.id.short())}" · "{network}</p>
            <p class="muted">{t.paydesk_since()}" "<Moment at=since/></p>
        </li>
    }
}

fn joint_card(page: &Page, one: &JointPayoutSummary, to: &str) -> impl IntoView + use<> {
    let t = page.t();
    let href = format!("/admin/payouts/together/{}", one.id);
    let (net, asset, since) = (one.net, one.asset, one.created_at);
    let (tone, icon, word) = payouts_together::chip(t, one.state, one.is_delayed);
    let network = asset.network().name();
    view! {
        <li class="card stack tight">
            <p class="cluster apart">
                <Chip tone icon text=word/>
                <Money units=net asset/>
            </p>
            <h3 class="card-title"><a href=href>{t.paydesk_to(to)}</a></h3>
            <p>{t.payout_together_title()}" · "{network}</p>
            <p class="muted">{t.paydesk_since()}" "<Moment at=since/></p>
        </li>
    }
}

/// What it waits for, in a word and a glyph.
fn chip(t: Locale, one: &DeskPayout) -> (Tone, &'static str, &'static str) {
    match one.leg.state {
        LegState::Planned if !one.needs_two => (Tone::Info, "person", t.paydesk_one_key()),
        LegState::Planned if one.leg.approvals.is_empty() => {
            (Tone::Care, "person", t.paydesk_two_keys())
        }
        LegState::Planned => (Tone::Care, "person", t.paydesk_second_key()),
        LegState::Unknown => (Tone::Bad, "alert", t.paydesk_checking()),
        LegState::Blocked => (Tone::Bad, "alert", t.paydesk_address_refused()),
        LegState::NeedsAddress => (Tone::Care, "clock", t.paydesk_needs_address()),
        LegState::Unclaimed => (Tone::Plain, "person", t.paydesk_unclaimed()),
        _ if one.leg.is_delayed => (Tone::Care, "alert", t.paydesk_delayed()),
        _ => (Tone::Info, "clock", t.paydesk_approved()),
    }
}
