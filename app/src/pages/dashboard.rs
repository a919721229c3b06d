//! `/dashboard`: what needs the person, by deadline; what waits on others; money held; what ended.

mod beginning;
mod cards;
mod desks;

use axum::response::Response;
use domain::{SellerStatus, User};
use leptos::prelude::*;
use services::dashboard::{Dashboard, DeskCounts, HeldMoney, OwnDeal, Part};
use services::paging::{Limit, PageRequest};

use crate::components::{Banner, Money, Row, SummaryList, Tone};
use crate::i18n::Locale;
use crate::page::{Failure, Page, PageResult};
use crate::pages::account::overview::standing;

pub(crate) async fn get(page: Page) -> PageResult {
    let user = page.user()?.clone();
    let dashboard = page.services().view_dashboard(&page.actor()).await?;
    let has_offered = is_new(&dashboard) && has_offered(&page, &user).await?;
    Ok(show(&page, &user, &dashboard, has_offered))
}

/// The page as far as its parts could be read; the others say that they could not.
pub(crate) fn show(page: &Page, user: &User, dashboard: &Dashboard, has_offered: bool) -> Response {
    let t = page.t();
    page.html(t.dashboard_title()).render(|| {
        let main = if is_new(dashboard) {
            beginning::section(page, user, has_offered).into_any()
        } else {
            lists(page, dashboard).into_any()
        };
        view! {
            <div class="stack loose">
                <h1>{t.dashboard_title()}</h1>
                {standing(page, user)}
                {desks::section(t, &dashboard.desks)}
                {main}
                {ways(t, user)}
            </div>
        }
    })
}

/// Nothing has happened yet, which is more than that nothing could be read: the page says how to
/// begin.
fn is_new(dashboard: &Dashboard) -> bool {
    let none = |deals: &Part<Vec<OwnDeal>>| deals.as_ref().is_ok_and(Vec::is_empty);
    none(&dashboard.needs_you)
        && none(&dashboard.waiting)
        && none(&dashboard.recent)
        && dashboard.to_compare.as_ref().is_ok_and(Vec::is_empty)
        && matches!(dashboard.desks, Ok(desks) if desks == DeskCounts::default())
}

/// What could be read, or what stands in its place. Why it could not is for the log.
fn read<T>(t: Locale, part: &Part<T>) -> Result<&T, AnyView> {
    part.as_ref().map_err(|error| {
        tracing::warn!(%error, "a part of a dashboard cannot be read");
        view! {
            <Banner tone=Tone::Care>
                {t.dashboard_away()}" "<a href="/dashboard">{t.status_again()}</a>
            </Banner>
        }
        .into_any()
    })
}

async fn has_offered(page: &Page, user: &User) -> Result<bool, Failure> {
    if user.seller_status != SellerStatus::Approved {
        return Ok(false);
    }
    let one = PageRequest::first(Limit::new(1));
    let actor = page.actor();
    let offers = page.services().list_own_offers(&actor, false, one).await?;
    Ok(!offers.items.is_empty())
}

fn lists(page: &Page, dashboard: &Dashboard) -> impl IntoView + use<> {
    let t = page.t();
    let more = dashboard.has_more.then(|| {
        view! { <p><a href="/deals">{t.dashboard_more()}</a></p> }
    });
    view! {
        <div class="sidebar">
            <div class="stack loose">
                {cards::needs_you(page, dashboard)}
                {cards::waiting(page, &dashboard.waiting)}
                {more}
            </div>
            {held(t, &dashboard.held)}
            {cards::recent(page, &dashboard.recent)}
        </div>
    }
}

/// What Amn holds, by token and by the side that the person is on.
fn held(t: Locale, held: &Part<Vec<HeldMoney>>) -> impl IntoView + use<> {
    let body = read(t, held).map(|held| {
        let rows = held_rows(t, held);
        if rows.is_empty() {
            view! { <p>{t.dashboard_held_none()}</p> }.into_any()
        } else {
            view! { <SummaryList rows/> }.into_any()
        }
    });
    let body = body.unwrap_or_else(|away| away);
    view! {
        <section class="card stack" aria-labelledby="held">
            <h2 id="held">{t.dashboard_held()}</h2>
            {body}
            <p class="small-text muted">{t.dashboard_held_text()}</p>
        </section>
    }
}

fn held_rows(t: Locale, held: &[HeldMoney]) -> Vec<Row> {
    let rows = held.iter().flat_map(|held| {
        let network = held.asset.network().name();
        let row = |label: String, units| Row::new(label, view! { <Money units asset=held.asset/> });
        let buying =
            (!held.buying.is_zero()).then(|| row(t.dashboard_held_buying(network), held.buying));
        let selling =
            (!held.selling.is_zero()).then(|| row(t.dashboard_held_selling(network), held.selling));
        [buying, selling].into_iter().flatten()
    });
    rows.collect()
}

/// Where everything of one's own lies.
fn ways(t: Locale, user: &User) -> impl IntoView + use<> {
    let is_seller = user.seller_status == SellerStatus::Approved;
    let way = |href: &'static str, name: &'static str| view! { <li><a href=href>{name}</a></li> };
    view! {
        <nav class="ways-on" aria-label=t.dashboard_ways()>
            <ul class="cluster">
                {way("/deals", t.dashboard_way_deals())}
                {way("/requests/mine", t.dashboard_way_requests())}
                {is_seller.then(|| view! {
                    {way("/feed", t.dashboard_way_feed())}
                    {way("/offers", t.dashboard_way_offers())}
                })}
                {way("/payments", t.payment_title())}
                {way("/payouts", t.payout_title())}
            </ul>
        </nav>
    }
}
