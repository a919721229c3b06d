//! `/status`: what works now, when nobody was there, and how much that added to deadlines.

use axum::response::Response;
use leptos::prelude::*;
use services::paging::Limit;
use services::status::{Gap, Health, Part, PartStatus, Status};

use crate::components::{Banner, Empty, Icon, Moment, Pagination, Table, Tone};
use crate::i18n::Locale;
use crate::list_place::ListPlace;
use crate::page::{Page, PageResult, share_until};

const ON_A_PAGE: u32 = 20;

pub(crate) async fn get(page: Page) -> PageResult {
    let place = ListPlace::of(&page);
    let asked = place.request(Limit::new(ON_A_PAGE));
    let status = page.services().view_status(&page.actor(), asked).await?;
    let shown = show(&page, &status, &place);
    // When nobody writes any more, this page is the one that has to say so.
    Ok(match status.holds_until {
        Some(until) => share_until(shown, Some(until)),
        None => shown,
    })
}

fn show(page: &Page, status: &Status, place: &ListPlace) -> Response {
    let t = page.t();
    let here = page.public("/status");
    let next = place.older(&here, status.gaps.next);
    let previous = place.newer(&here);
    page.html(t.uptime_title())
        .description(t.uptime_lede())
        .translated()
        .render(|| {
            let parts: Vec<_> = status.parts.iter().map(|part| line(t, part)).collect();
            let outages = if status.gaps.items.is_empty() {
                view! { <Empty title=t.uptime_none() text=t.uptime_none_text()/> }.into_any()
            } else {
                outages(t, &status.gaps.items).into_any()
            };
            let (tone, summary) = if status.is_well() {
                (Tone::Ok, t.uptime_well())
            } else {
                (Tone::Care, t.uptime_ailing())
            };
            view! {
                <article class="stack loose">
                    <div class="stack tight">
                        <h1>{t.uptime_title()}</h1>
                        <p class="lede prose">{t.uptime_lede()}</p>
                    </div>
                    <Banner tone>{summary}</Banner>
                    <section class="stack" aria-labelledby="parts">
                        <h2 id="parts">{t.uptime_parts()}</h2>
                        <ul class="legs stack">{parts}</ul>
                    </section>
                    <section class="stack" aria-labelledby="outages">
                        <h2 id="outages">{t.uptime_outages()}</h2>
                        <p class="prose">{t.uptime_outages_text()}</p>
                        {outages}
                        <Pagination previous=previous next=next/>
                    </section>
                </article>
            }
        })
}

fn line(t: Locale, status: &PartStatus) -> impl IntoView + use<> {
    let (icon, word) = match status.health {
        Health::Well => ("check", t.uptime_is_well()),
        Health::Ailing => ("alert", t.uptime_is_ailing()),
        Health::Unknown => ("info", t.uptime_is_unknown()),
    };
    let (name, text) = words(t, status);
    let at = status.at.map(|at| view! { " "<Moment at bare=true/> });
    view! {
        <li>
            <Icon name=icon/>
            <div>
                <p><strong>{name}": "{word}</strong></p>
                <p class="muted">{text}{at}</p>
            </div>
        </li>
    }
}

/// The part's name, and a sentence that the moment ends, where there is one.
const fn words(t: Locale, status: &PartStatus) -> (&'static str, &'static str) {
    use Health::{Ailing, Unknown, Well};
    match (status.part, status.health) {
        (Part::Store, _) => (t.uptime_store(), t.uptime_store_text()),
        (Part::Clocks, Well) => (t.uptime_clocks(), t.uptime_clocks_well()),
        (Part::Clocks, Ailing) => (t.uptime_clocks(), t.uptime_clocks_ailing()),
        (Part::Clocks, Unknown) => (t.uptime_clocks(), t.uptime_clocks_unknown()),
        (Part::Money, Well) => (t.uptime_money(), t.uptime_money_well()),
        (Part::Money, Ailing) => (t.uptime_money(), t.uptime_money_ailing()),
        (Part::Money, Unknown) => (t.uptime_money(), t.solvency_none_text()),
        (Part::Payouts, Ailing) => (t.uptime_payouts(), t.uptime_payouts_stopped()),
        (Part::Payouts, _) => (t.uptime_payouts(), t.solvency_running()),
        (Part::Gateway, Well) => (t.uptime_gateway(), t.uptime_gateway_well()),
        (Part::Gateway, Ailing) => (t.uptime_gateway(), t.uptime_gateway_ailing()),
        (Part::Gateway, Unknown) => (t.uptime_gateway(), t.uptime_gateway_unknown()),
        (Part::Mail, Ailing) => (t.uptime_mail(), t.uptime_mail_late()),
        (Part::Mail, _) => (t.uptime_mail(), t.uptime_mail_well()),
        (Part::GivenUp, Ailing) => (t.uptime_given_up(), t.uptime_given_up_some()),
        (Part::GivenUp, _) => (t.uptime_given_up(), t.uptime_given_up_none()),
    }
}

/// Each outage with what it added to the deadlines that ran all the while, in whole minutes.
fn outages(t: Locale, gaps: &[Gap]) -> impl IntoView + use<> {
    let lines: Vec<_> = gaps.iter().map(|gap| outage(t, *gap)).collect();
    view! {
        <Table caption=t.uptime_outages_caption() id="outages-table">
            <thead>
                <tr>
                    <th scope="col">{t.uptime_from()}</th>
                    <th scope="col">{t.uptime_until()}</th>
                    <th scope="col">{t.uptime_added()}</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </Table>
    }
}

fn outage(t: Locale, gap: Gap) -> impl IntoView + use<> {
    let (from, until) = (gap.from, gap.to);
    let minutes = gap.span().ms().div_euclid(60_000);
    let added = t.when_minutes(u64::try_from(minutes).unwrap_or(0));
    let under_way = gap.applied_at.is_none().then(|| t.uptime_under_way());
    view! {
        <tr>
            <td><Moment at=from bare=true/></td>
            <td><Moment at=until bare=true/></td>
            <td>{added}{under_way.map(|words| view! { " "<span class="muted">{words}</span> })}</td>
        </tr>
    }
}
