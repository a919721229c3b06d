//! The deal room: where the money is, whose turn it is, what happens if nobody acts.

mod actions;
mod event_words;
mod evidence;
mod future;
mod headline;
mod legs;
mod money;
mod now;
mod people;
mod proposals;
mod receipt;
mod staff;
mod terms;
mod timeline;
mod trouble;

use axum::response::Response;
use domain::deal::State;
use leptos::prelude::*;
use services::deals::DealView;
use services::files::FiledEvidence;
use services::requests::DeliveryView;

pub(in crate::pages) use self::evidence::{checklist, item_word};
pub(in crate::pages) use self::future::panel as future_panel;
pub(super) use self::future::{foreseen_steps, list as foreseen_list};
pub(in crate::pages) use self::legs::deposit_list;
pub(in crate::pages) use self::money::{account_word, section as money_section};
pub(in crate::pages) use self::people::section as people_section;
pub(super) use self::proposals::{live_proposals, proposal_words};
pub(in crate::pages) use self::terms::section as terms_section;
pub(in crate::pages) use self::timeline::section as timeline_section;
use super::open::{self, DealPath, failure, step_path};
use super::words::Words;
use crate::components::{Button, Icon, LiveRegion, Look, PostForm};
use crate::page::{Page, PageResult};

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let view = page.services().look_at_deal(&page.actor(), path.0).await;
    let view = view.map_err(|error| failure(&error))?;
    if page.has_seen(&view.deal.version.to_string()) {
        return Ok(page.unchanged());
    }
    let filed = filed(&page, &view).await;
    let delivery = page.services().view_delivery(&view).await;
    let delivery = delivery.map_err(|error| failure(&error))?;
    Ok(show(&page, &view, filed.as_deref(), delivery.as_ref()))
}

/// The files of both sides, for those whose business they are. None when they cannot be read: the
/// rest of the room is there without them.
async fn filed(page: &Page, view: &DealView) -> Option<Vec<FiledEvidence>> {
    let filed = page
        .services()
        .list_evidence(&page.actor(), view.deal.id)
        .await;
    filed
        .inspect_err(|error| tracing::warn!(%error, "a deal is shown without its evidence"))
        .ok()
}

/// Reads the chain now, for whoever does not want to wait.
pub(crate) async fn refresh(page: Page, path: DealPath) -> PageResult {
    let refreshed = page.services().refresh_deal(&page.actor(), path.0).await;
    refreshed.map_err(|error| failure(&error))?;
    Ok(page.see_other(&open::room_path(path.0)))
}

/// The room, from what the viewer may see of it; without `filed` it says that the files are missing.
pub(crate) fn show(
    page: &Page,
    view: &DealView,
    filed: Option<&[FiledEvidence]>,
    delivery: Option<&DeliveryView>,
) -> Response {
    let words = Words::new(page, view);
    let t = page.t();
    let deal = &view.deal;
    let code = deal.id.short();
    let title = t.deal_title(&code);
    let says = t.deal_says(words.state());
    page.html(t.deal_page_title(&code, words.state()))
        .render(|| {
            let main = main_part(words, filed, delivery);
            let aside = aside_part(words);
            view! {
                <div class="room stack">
                    <p>
                        <a class="back" href="/deals">
                            <Icon name="arrow-back" directional=true/>{t.deal_all()}
                        </a>
                    </p>
                    <div class="room-heading">
                        <h1><bdi>{deal.terms.goods.title.clone()}</bdi></h1>
                        <p class="muted">{title}</p>
                    </div>
                    <LiveRegion version=deal.version.to_string() says>
                        <div class="sidebar">{main}{aside}</div>
                    </LiveRegion>
                </div>
            }
        })
}

/// Ways to the parts of a long page.
fn parts_nav(words: Words<'_>) -> impl IntoView + use<> {
    let t = words.t();
    let has_case = !words.view.deal.disputes.is_empty();
    let is_party = words.view.party().is_some();
    view! {
        <nav class="parts" aria-label=t.deal_parts()>
            <ul class="cluster">
                {has_case.then(|| view! { <li><a href="#dispute">{t.deal_dispute()}</a></li> })}
                <li><a href="#timeline">{t.deal_timeline()}</a></li>
                <li><a href="#evidence">{t.deal_evidence()}</a></li>
                <li><a href="#money">{t.deal_money()}</a></li>
                {is_party.then(|| view! { <li><a href="#receipt">{t.receipt_title()}</a></li> })}
            </ul>
        </nav>
    }
}

fn main_part(
    words: Words<'_>,
    filed: Option<&[FiledEvidence]>,
    delivery: Option<&DeliveryView>,
) -> impl IntoView + use<> {
    view! {
        <div class="stack loose">
            {trouble::hold(words)}
            {now::panel(words)}
            {staff::panel(words)}
            {future::panel(words)}
            {proposals::panel(words)}
            {trouble::late_money(words)}
            {actions::panel(words)}
            {refresh_form(words)}
            {parts_nav(words)}
            {trouble::dispute(words)}
            {timeline::section(words)}
            {evidence::section(words, filed)}
            {terms::section(words, delivery)}
            {receipt::section(words)}
        </div>
    }
}

fn aside_part(words: Words<'_>) -> impl IntoView + use<> {
    view! {
        <aside class="stack loose" aria-label=words.t().deal_aside()>
            {money::section(words)}
            {people::section(words)}
        </aside>
    }
}

/// A reading of the chain on demand, while something may be under way.
fn refresh_form(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let deal = &words.view.deal;
    let moves = deal.state.is_before_funding()
        || matches!(deal.state, State::Settling | State::Suspended)
        || deal.state == State::Expired
        || deal.state == State::Cancelled;
    (moves && words.view.party().is_some()).then(|| {
        let label = words.t().deal_check_chain();
        view! {
            <PostForm action=step_path(deal.id, "refresh")>
                <Button look=Look::Quiet>{label}</Button>
            </PostForm>
        }
    })
}
