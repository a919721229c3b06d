//! `/admin/solvency`: whether what is owed is there, and the switch that stops every payout.

use axum::response::Response;
use domain::Timestamp;
use domain::text::Line;
use leptos::prelude::*;
use serde::Deserialize;
use services::paging::Limit;
use services::solvency::{
    PayoutStop, ReconciledAsset, Reconciliation, Solvency, StoppedBy, SwitchPayoutsError,
};

use crate::components::{
    Banner, Button, Empty, Field, Look, Moment, PostForm, Row, SummaryList, Table, Tone,
};
use crate::form::{Errors, Submission};
use crate::i18n::Locale;
use crate::page::{Failure, Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    reason: String,
    /// The moment of the stop that the person looked at; none to stop.
    stopped_at: Option<i64>,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let seen = open(&page).await?;
    Ok(show(&page, &seen, "", &Errors::none()))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let seen = open(&page).await?;
    let Fields { reason, stopped_at } = &form.fields;
    let mut errors = Errors::none();
    let line = Line::<200>::new(reason).map_err(|_| page.t().solvency_reason_wrong());
    let Some(line) = errors.take("reason", line) else {
        return Ok(show(&page, &seen, reason, &errors));
    };
    let (services, actor) = (page.services(), page.actor());
    let turned = if let Some(at) = stopped_at {
        let at = Timestamp::from_unix_ms(*at);
        let resumed = services.resume_payouts(&actor, at, line).await;
        resumed.map(|()| "payouts_resumed")
    } else {
        let stopped = services.stop_payouts(&actor, line).await;
        stopped.map(|_| "payouts_stopped")
    };
    match turned {
        Ok(done) => Ok(page.see_other(&format!("/admin/solvency?done={done}"))),
        Err(SwitchPayoutsError::AlreadyStopped | SwitchPayoutsError::NoSuchStop) => {
            let errors = Errors::whole(page.t().solvency_already());
            Ok(show(&page, &open(&page).await?, reason, &errors))
        }
        Err(SwitchPayoutsError::MoneyMissing) => {
            let errors = Errors::whole(page.t().solvency_still_missing());
            Ok(show(&page, &open(&page).await?, reason, &errors))
        }
        Err(SwitchPayoutsError::Failed(failure)) => Err(failure.into()),
    }
}

async fn open(page: &Page) -> Result<Solvency, Failure> {
    let actor = page.actor();
    let seen = page.services().view_solvency(&actor, Limit::new(1)).await;
    Ok(seen?)
}

fn show(page: &Page, seen: &Solvency, typed: &str, errors: &Errors) -> Response {
    let t = page.t();
    page.html(t.solvency_title()).errors(errors).render(|| {
        let state = match &seen.stop {
            Some(stop) => stopped(t, stop).into_any(),
            None => view! { <Banner tone=Tone::Ok>{t.solvency_running()}</Banner> }.into_any(),
        };
        let compared = match seen.comparisons.first() {
            Some(compared) => comparison(page, compared).into_any(),
            None => {
                view! { <Empty title=t.solvency_none() text=t.solvency_none_text()/> }.into_any()
            }
        };
        view! {
            <div class="stack loose">
                <div class="stack tight">
                    <h1>{t.solvency_title()}</h1>
                    <p class="lede prose">{t.solvency_lede()}</p>
                </div>
                {state}
                {compared}
                {switch(t, seen.stop.as_ref(), typed)}
            </div>
        }
    })
}

fn stopped(t: Locale, stop: &PayoutStop) -> impl IntoView + use<> {
    let by = match stop.by {
        StoppedBy::Admin(_) => t.solvency_by_admin(),
        StoppedBy::Reconciliation => t.solvency_by_comparison(),
    };
    let (at, reason) = (stop.at, stop.reason.clone());
    let rows = vec![
        Row::new(t.solvency_since(), view! { <Moment at/> }),
        Row::new(t.solvency_by(), by),
        Row::new(t.solvency_why(), view! { <bdi>{reason}</bdi> }),
    ];
    view! {
        <Banner tone=Tone::Bad>{t.solvency_stopped()}</Banner>
        <section class="card"><SummaryList rows/></section>
    }
}

fn comparison(page: &Page, compared: &Reconciliation) -> impl IntoView + use<> {
    let t = page.t();
    if compared.lines.is_empty() {
        return view! { <p>{t.solvency_nothing_owed()}</p> }.into_any();
    }
    let lines: Vec<_> = compared.lines.iter().map(|line| row(t, line)).collect();
    let caption = t.solvency_compared(page.when.moment(compared.at));
    view! {
        <Table caption id="compared">
            <thead>
                <tr>
                    <th scope="col">{t.solvency_asset()}</th>
                    <th scope="col" class="number">{t.solvency_missing()}</th>
                    <th scope="col" class="number">{t.solvency_owed()}</th>
                    <th scope="col" class="number">{t.solvency_sending()}</th>
                    <th scope="col" class="number">{t.solvency_holdings()}</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </Table>
    }
    .into_any()
}

fn row(t: Locale, line: &ReconciledAsset) -> impl IntoView + use<> {
    let places = line.asset.decimals();
    let sum = |units: domain::Units| units.to_grouped(places);
    let name = format!(
        "{} · {}",
        line.asset.token().code(),
        line.asset.network().name()
    );
    let holdings = line
        .holdings
        .map_or_else(|| t.solvency_unknown().to_owned(), sum);
    let (owed, sending) = (sum(line.owed), sum(line.sending));
    let missing = sum(line.missing());
    view! {
        <tr>
            <th scope="row"><bdi dir="ltr">{name}</bdi></th>
            <td class="number"><bdi dir="ltr">{missing}</bdi></td>
            <td class="number"><bdi dir="ltr">{owed}</bdi></td>
            <td class="number"><bdi dir="ltr">{sending}</bdi></td>
            <td class="number"><bdi>{holdings}</bdi></td>
        </tr>
    }
}

/// Stopping is one person's; so is letting go on, of the very stop that was looked at.
fn switch(t: Locale, stop: Option<&PayoutStop>, typed: &str) -> impl IntoView + use<> {
    let (title, text) = match stop {
        Some(_) => (t.solvency_resume(), t.solvency_resume_text()),
        None => (t.solvency_stop(), t.solvency_stop_text()),
    };
    let stopped_at = stop.map(|stop| stop.at.unix_ms());
    let typed = typed.to_owned();
    view! {
        <section class="card stack prose" aria-labelledby="switch">
            <h2 id="switch">{title}</h2>
            <p>{text}</p>
            <PostForm class="stack">
                {stopped_at.map(|at| view! { <input type="hidden" name="stopped_at" value=at/> })}
                <Field
                    name="reason"
                    label=t.solvency_reason()
                    hint=t.solvency_reason_hint()
                    value=typed
                    maxlength=200
                />
                <p><Button look=Look::Danger>{title}</Button></p>
            </PostForm>
        </section>
    }
}
