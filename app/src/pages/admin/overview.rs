//! `/admin`: the house at a glance, and the ways to every desk.

use axum::response::Response;
use domain::{Span, Timestamp};
use leptos::prelude::*;
use services::overview::{Flow, Overview, Queues};
use services::solvency::Reconciliation;

use crate::components::{
    Banner, Disclosure, Moment, Money, Row, Sparkline, SummaryList, Table, Tone,
};
use crate::i18n::Locale;
use crate::page::{Page, PageResult};

pub(crate) async fn get(page: Page) -> PageResult {
    let seen = page.services().view_overview(&page.actor()).await?;
    Ok(show(&page, &seen))
}

fn show(page: &Page, seen: &Overview) -> Response {
    let t = page.t();
    page.html(t.overview_title()).render(|| {
        let stopped = seen.stop.is_some().then(|| {
            view! {
                <Banner tone=Tone::Bad>
                    {t.solvency_stopped()}" "<a href="/admin/solvency">{t.solvency_to_desk()}</a>
                </Banner>
            }
        });
        view! {
            <div class="stack loose">
                <h1>{t.overview_title()}</h1>
                {stopped}
                {flows(page, seen)}
                {queues(t, &seen.queues)}
                {money(page, seen.compared.as_ref())}
                {ways(t)}
            </div>
        }
    })
}

fn flows(page: &Page, seen: &Overview) -> impl IntoView + use<> {
    let t = page.t();
    let by_day = by_day(page, seen);
    view! {
        <section class="stack" aria-labelledby="flows">
            <h2 id="flows">{t.overview_flows()}</h2>
            <ul class="kpis">
                {kpi(t, t.overview_accounts(), &seen.accounts, "/admin/users")}
                {kpi(t, t.overview_requests(), &seen.requests, "/requests")}
                {kpi(t, t.overview_deals(), &seen.deals, "/admin/deals")}
            </ul>
            <Disclosure id="by-day" title=t.overview_by_day()>{by_day}</Disclosure>
        </section>
    }
}

/// A number, how it changed, its course, and where it comes from.
fn kpi(t: Locale, name: &'static str, flow: &Flow, href: &'static str) -> impl IntoView + use<> {
    let (now, before) = (flow.this_week(), flow.week_before());
    let change = match (now.checked_sub(before), before.checked_sub(now)) {
        (Some(0), _) => t.overview_same().to_owned(),
        (Some(more), _) => t.overview_more(t.number(more)),
        (None, fewer) => t.overview_fewer(t.number(fewer.unwrap_or(0))),
    };
    let days: Vec<String> = flow.days().iter().map(|count| t.number(*count)).collect();
    let label = t.overview_course(name, days.join(" · "));
    view! {
        <li class="card stack tight kpi">
            <h3 class="card-title"><a href=href>{name}</a></h3>
            <p class="figure">{t.number(now)}</p>
            <Sparkline counts=flow.days().to_vec() label/>
            <p class="muted small-text">{t.overview_week()}" · "{change}</p>
        </li>
    }
}

/// The same in numbers.
fn by_day(page: &Page, seen: &Overview) -> impl IntoView + use<> {
    let t = page.t();
    let count = seen.deals.days().len();
    let rows: Vec<_> = (0..count)
        .rev()
        .map(|day| {
            let at = |flow: &Flow| flow.days().get(day).copied().unwrap_or(0);
            let ends = ends(seen.now, count.saturating_sub(day.saturating_add(1)));
            view! {
                <tr>
                    <th scope="row">{page.when.moment(ends)}</th>
                    <td class="number">{t.number(at(&seen.accounts))}</td>
                    <td class="number">{t.number(at(&seen.requests))}</td>
                    <td class="number">{t.number(at(&seen.deals))}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <Table caption=t.overview_by_day() id="days">
            <thead>
                <tr>
                    <th scope="col">{t.overview_until()}</th>
                    <th scope="col" class="number">{t.overview_accounts()}</th>
                    <th scope="col" class="number">{t.overview_requests()}</th>
                    <th scope="col" class="number">{t.overview_deals()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
}

/// When a day ended that lies so many days back.
fn ends(now: Timestamp, days_back: usize) -> Timestamp {
    now.minus(Span::days(u32::try_from(days_back).unwrap_or(0)))
}

fn queues(t: Locale, queues: &Queues) -> impl IntoView + use<> {
    let applications = u64::try_from(queues.applications).unwrap_or(u64::MAX);
    let lines = [
        (
            queues.disputes,
            t.overview_disputes(),
            "/disputes?view=open",
        ),
        (queues.undrawn, t.overview_undrawn(), "/disputes?view=open"),
        (queues.planned, t.overview_planned(), "/admin/payouts"),
        (
            queues.unclear,
            t.overview_unclear(),
            "/admin/payouts?desk=unclear",
        ),
        (
            queues.blocked,
            t.overview_blocked(),
            "/admin/payouts?desk=blocked",
        ),
        (
            queues.unclaimed,
            t.overview_unclaimed(),
            "/admin/payouts?desk=unclaimed",
        ),
        (
            queues.on_hold,
            t.overview_on_hold(),
            "/admin/deals?desk=hold",
        ),
        (queues.losses, t.overview_losses(), "/admin/deals?desk=loss"),
        (queues.given_up, t.overview_given_up(), "/admin/work"),
        (applications, t.overview_applications(), "/admin/sellers"),
        (
            queues.proposed,
            t.overview_proposed(),
            "/admin/users?proposed=yes",
        ),
    ];
    let lines: Vec<_> = lines
        .into_iter()
        .map(|(count, name, href)| {
            let class = (count > 0).then_some("waits");
            view! {
                <li>
                    <a href=href class=class>
                        <span class="figure">{t.number(count)}</span>
                        <span>{name}</span>
                    </a>
                </li>
            }
        })
        .collect();
    view! {
        <section class="stack" aria-labelledby="queues">
            <h2 id="queues">{t.overview_queues()}</h2>
            <ul class="queues">{lines}</ul>
        </section>
    }
}

/// What is owed in each asset, as it was last compared.
fn money(page: &Page, compared: Option<&Reconciliation>) -> Option<impl IntoView + use<>> {
    let t = page.t();
    let compared = compared.filter(|compared| !compared.lines.is_empty())?;
    let rows = compared.lines.iter().map(|line| {
        let (owed, asset) = (line.owed, line.asset);
        Row::new(asset.network().name(), view! { <Money units=owed asset/> })
    });
    let (rows, at) = (rows.collect(), compared.at);
    Some(view! {
        <section class="card stack tight" aria-labelledby="owed">
            <h2 id="owed"><a href="/admin/solvency">{t.overview_owed()}</a></h2>
            <SummaryList rows/>
            <p class="muted small-text"><Moment at/></p>
        </section>
    })
}

fn ways(t: Locale) -> impl IntoView + use<> {
    let ways = [
        ("/admin/users", t.users_title(), t.overview_to_users()),
        ("/admin/deals", t.dealdesk_title(), t.overview_to_deals()),
        ("/admin/payouts", t.paydesk_title(), t.overview_to_payouts()),
        ("/admin/ledger", t.ledger_title(), t.overview_to_ledger()),
        (
            "/admin/solvency",
            t.solvency_title(),
            t.overview_to_solvency(),
        ),
        ("/admin/sellers", t.sellers_title(), t.overview_to_sellers()),
        (
            "/admin/categories",
            t.categories_title(),
            t.overview_to_categories(),
        ),
        ("/admin/audit", t.audit_title(), t.overview_to_audit()),
        ("/admin/jobs", t.jobs_title(), t.overview_to_jobs()),
        ("/admin/work", t.work_title(), t.overview_to_work()),
    ];
    let ways: Vec<_> = ways
        .into_iter()
        .map(|(href, name, text)| {
            view! {
                <li class="card stack tight">
                    <h3 class="card-title"><a href=href>{name}</a></h3>
                    <p class="muted small-text">{text}</p>
                </li>
            }
        })
        .collect();
    view! {
        <nav class="stack" aria-labelledby="desks">
            <h2 id="desks">{t.overview_desks()}</h2>
            <ul class="kpis">{ways}</ul>
        </nav>
    }
}
