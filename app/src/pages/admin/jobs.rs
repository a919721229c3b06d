//! `/admin/jobs`: what the jobs did, whether the clocks run, and the time that was given back.

use axum::response::Response;
use leptos::prelude::*;
use services::jobs::{Gap, Job, JobCount, JobsView};
use services::paging::Limit;

use crate::components::{Banner, Moment, Pagination, Row, SummaryList, Table, Tone};
use crate::i18n::Locale;
use crate::list_place::ListPlace;
use crate::page::{Page, PageResult};

const PATH: &str = "/admin/jobs";
const ON_A_PAGE: u32 = 20;

pub(crate) async fn get(page: Page) -> PageResult {
    let place = ListPlace::of(&page);
    let request = place.request(Limit::new(ON_A_PAGE));
    let seen = page.services().view_jobs(&page.actor(), request).await?;
    Ok(show(&page, &seen, &place))
}

fn show(page: &Page, seen: &JobsView, place: &ListPlace) -> Response {
    let t = page.t();
    page.html(t.jobs_title()).render(|| {
        let next = place.older(PATH, seen.gaps.next);
        let previous = place.newer(PATH);
        view! {
            <div class="stack loose">
                <div class="stack tight">
                    <h1>{t.jobs_title()}</h1>
                    <p class="lede prose">{t.jobs_lede()}</p>
                </div>
                {pulse(t, seen)}
                {counts(t, &seen.counts)}
                {gaps(page, &seen.gaps.items)}
                <Pagination previous=previous next=next/>
            </div>
        }
    })
}

fn pulse(t: Locale, seen: &JobsView) -> impl IntoView + use<> {
    let beat = match seen.last_beat {
        Some(at) => view! { <Moment at/> }.into_any(),
        None => view! { {t.users_never()} }.into_any(),
    };
    let rows = vec![
        Row::new(t.jobs_last_beat(), beat),
        Row::new(t.jobs_given_up(), t.number(seen.given_up))
            .change(t.solvency_to_desk(), "/admin/work"),
    ];
    view! { <section class="card"><SummaryList rows/></section> }
}

fn counts(t: Locale, counts: &[JobCount]) -> impl IntoView + use<> {
    let rows: Vec<_> = counts
        .iter()
        .map(|count| {
            let last = count.last_at.map(|at| view! { <Moment at/> });
            view! {
                <tr>
                    <th scope="row">{name(t, count.job)}</th>
                    <td class="number">{t.number(count.runs)}</td>
                    <td class="number">{t.number(count.done)}</td>
                    <td class="number">{t.number(count.failed)}</td>
                    <td>{last}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <Table caption=t.jobs_here() id="jobs">
            <thead>
                <tr>
                    <th scope="col">{t.jobs_job()}</th>
                    <th scope="col" class="number">{t.jobs_runs()}</th>
                    <th scope="col" class="number">{t.jobs_done()}</th>
                    <th scope="col" class="number">{t.jobs_failed()}</th>
                    <th scope="col">{t.jobs_last_run()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
}

const fn name(t: Locale, job: Job) -> &'static str {
    match job {
        Job::Heartbeat => t.jobs_heartbeat(),
        Job::Relay => t.jobs_relay(),
        Job::Deadlines => t.jobs_deadlines(),
        Job::Polling => t.jobs_polling(),
        Job::Payouts => t.jobs_payouts(),
        Job::Reconciliation => t.jobs_reconciliation(),
        Job::Mail => t.jobs_mail(),
        Job::CleanUp => t.jobs_clean_up(),
    }
}

/// Times in which nobody was there, and what became of them.
fn gaps(page: &Page, gaps: &[Gap]) -> impl IntoView + use<> {
    let t = page.t();
    if gaps.is_empty() {
        return view! { <Banner tone=Tone::Ok>{t.jobs_no_gaps()}</Banner> }.into_any();
    }
    let rows: Vec<_> = gaps
        .iter()
        .map(|gap| {
            let (from, to) = (gap.from, gap.to);
            let length = page.when.length(gap.span());
            let given = match gap.applied_at {
                Some(at) => view! { <Moment at bare=true/> }.into_any(),
                None => view! { {t.jobs_being_given()} }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row"><Moment at=from bare=true/></th>
                    <td><Moment at=to bare=true/></td>
                    <td>{length}</td>
                    <td>{given}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <Table caption=t.jobs_gaps() id="gaps">
            <thead>
                <tr>
                    <th scope="col">{t.jobs_from()}</th>
                    <th scope="col">{t.jobs_to()}</th>
                    <th scope="col">{t.jobs_added()}</th>
                    <th scope="col">{t.jobs_given_back()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
