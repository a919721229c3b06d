//! `/admin/moderation`: requests that wait for a look before they are seen, and reports.

use axum::response::Response;
use domain::id::{ReportId, RequestId};
use domain::report::{Outcome, Report, ReportRejection, Subject};
use domain::text::Line;
use leptos::prelude::*;
use serde::Deserialize;
use services::moderation::{DecideReport, DecideReportError};
use services::paging::{Limit, Page as ListPage};
use services::requests::{Card, ChangeRequestError, Once};

use crate::components::{Banner, Button, Empty, Field, Look, Moment, Pagination, PostForm, Tone};
use crate::form::{Errors, Submission};
use crate::list_place::ListPlace;
use crate::page::{Failure, Page, PageResult};
use crate::pages::report::reason_word;
use crate::pages::requests::card::RequestCard;
use crate::pages::requests::guest::command_key;
use crate::pages::requests::refusals;

const PATH: &str = "/admin/moderation";
const PER_PAGE: Limit = Limit::new(20);
const APPROVE: &str = "approve";
const SEND_BACK: &str = "send_back";
const DISMISS: &str = "dismiss";
const WARN: &str = "warn";
const TAKE_DOWN: &str = "take_down";

/// What is decided, of which request or report.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    request: String,
    report: String,
    words: String,
    press: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    show(&page, &Errors::none(), &Fields::default()).await
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let fields = &form.fields;
    let mut errors = Errors::none();
    let words = words(&page, fields, &mut errors);
    if errors.is_empty() {
        if fields.report.is_empty() {
            review(&page, &form, words, &mut errors).await?;
        } else {
            decide(&page, fields, words, &mut errors).await?;
        }
    }
    if errors.is_empty() {
        return Ok(page.see_other(&format!("{PATH}?done=moderated")));
    }
    show(&page, &errors, fields).await
}

/// What the person will be told; only what changes nothing for them goes without.
fn words(page: &Page, fields: &Fields, errors: &mut Errors) -> Option<Line<300>> {
    let t = page.t();
    if fields.words.trim().is_empty() {
        if ![APPROVE, DISMISS].contains(&fields.press.as_str()) {
            errors.add_whole(t.moderation_words_missing());
        }
        return None;
    }
    match Line::new(&fields.words) {
        Ok(words) => Some(words),
        Err(error) => {
            errors.add_whole(refusals::text(t, error));
            None
        }
    }
}

/// Lets a request be seen, or sends it back.
async fn review(
    page: &Page,
    form: &Submission<Fields>,
    words: Option<Line<300>>,
    errors: &mut Errors,
) -> Result<(), Failure> {
    let fields = &form.fields;
    let id: RequestId = fields.request.parse().map_err(|_| Failure::NotFound)?;
    let (services, actor) = (page.services(), page.actor());
    let once = Once::new(command_key(&form.key)?, "requests/review", &fields.press);
    let reviewed = match (fields.press.as_str(), words) {
        (APPROVE, _) => services.approve_request(&actor, id, &once).await,
        (SEND_BACK, Some(reason)) => services.send_request_back(&actor, id, reason, &once).await,
        _ => return Err(Failure::NotFound),
    };
    match reviewed {
        Ok(_) => Ok(()),
        Err(error) => refusals::refuse(page.t(), errors, error),
    }
}

async fn decide(
    page: &Page,
    fields: &Fields,
    words: Option<Line<300>>,
    errors: &mut Errors,
) -> Result<(), Failure> {
    let t = page.t();
    let report: ReportId = fields.report.parse().map_err(|_| Failure::NotFound)?;
    let outcome = match fields.press.as_str() {
        DISMISS => Outcome::Dismissed,
        WARN => Outcome::Warned,
        TAKE_DOWN => Outcome::TakenDown,
        _ => return Err(Failure::NotFound),
    };
    let command = DecideReport {
        report,
        outcome,
        words,
    };
    match page.services().decide_report(&page.actor(), command).await {
        // Another admin was faster: the list says what still waits.
        Ok(_) | Err(DecideReportError::Rejected(ReportRejection::Decided)) => Ok(()),
        Err(DecideReportError::Rejected(ReportRejection::Concerned)) => {
            errors.add_whole(t.moderation_concerned());
            Ok(())
        }
        Err(DecideReportError::Rejected(ReportRejection::WordsMissing)) => {
            errors.add_whole(t.moderation_words_missing());
            Ok(())
        }
        Err(DecideReportError::NotFound | DecideReportError::Rejected(_)) => Err(Failure::NotFound),
        Err(
            DecideReportError::Request(ChangeRequestError::Failed(failure))
            | DecideReportError::Failed(failure),
        ) => Err(failure.into()),
        Err(DecideReportError::Request(error)) => {
            errors.add_whole(refusals::message(t, error.code()));
            Ok(())
        }
    }
}

async fn show(page: &Page, errors: &Errors, typed: &Fields) -> Result<Response, Failure> {
    let t = page.t();
    let (services, actor) = (page.services(), page.actor());
    let reports_at = ListPlace::of(page);
    let requests_at = ListPlace::named(page, "requests_");
    let waiting = services
        .list_requests_in_review(&actor, requests_at.request(PER_PAGE))
        .await?;
    let reports = services
        .list_reports(&actor, reports_at.request(PER_PAGE))
        .await?;
    let requests_base = reports_at.kept_in(PATH);
    let reports_base = requests_at.kept_in(PATH);
    let more_requests = (
        requests_at.newer(&requests_base),
        requests_at.older(&requests_base, waiting.next),
    );
    let more_reports = (
        reports_at.newer(&reports_base),
        reports_at.older(&reports_base, reports.next),
    );
    let typed = typed.clone();
    let html = page.html(t.moderation_title()).errors(errors);
    Ok(html.render(move || {
        let ((previous, next), typed_of_requests) = (more_requests, typed.clone());
        let (reports_previous, reports_next) = more_reports;
        view! {
            <div class="stack loose">
                <h1>{t.moderation_title()}</h1>
                <section class="stack" aria-labelledby="waiting">
                    <h2 id="waiting">{t.moderation_waiting()}</h2>
                    <Waiting waiting typed=typed_of_requests/>
                    <Pagination previous next/>
                </section>
                <section class="stack" aria-labelledby="reports">
                    <h2 id="reports">{t.moderation_reports()}</h2>
                    <Reports reports typed/>
                    <Pagination previous=reports_previous next=reports_next/>
                </section>
            </div>
        }
    }))
}

#[component]
fn Waiting(waiting: ListPage<Card>, typed: Fields) -> impl IntoView {
    let t = Page::current().t();
    if waiting.items.is_empty() {
        return view! { <Empty title=t.moderation_none_waiting() text=t.moderation_none_waiting_text()/> }
            .into_any();
    }
    let items: Vec<_> = waiting
        .items
        .into_iter()
        .map(|card| {
            let id = card.request.id.to_string();
            let words = if typed.request == id { typed.words.clone() } else { String::new() };
            view! {
                <RequestCard card within_section=true/>
                <li class="card">
                    <PostForm class="stack">
                        <input type="hidden" name="request" value=id/>
                        <Field name="words" label=t.moderation_words() hint=t.moderation_words_hint() value=words maxlength=300 optional=true/>
                        <p class="cluster">
                            <Button look=Look::Quiet name="press" value=APPROVE>{t.moderation_approve()}</Button>
                            <Button look=Look::Danger name="press" value=SEND_BACK>{t.moderation_send_back()}</Button>
                        </p>
                    </PostForm>
                </li>
            }
        })
        .collect();
    view! { <ul class="plain stack">{items}</ul> }.into_any()
}

#[component]
fn Reports(reports: ListPage<Report>, typed: Fields) -> impl IntoView {
    let t = Page::current().t();
    if reports.items.is_empty() {
        return view! { <Empty title=t.moderation_none() text=t.moderation_none_text()/> }
            .into_any();
    }
    let items: Vec<_> = reports
        .items
        .into_iter()
        .map(|report| {
            let words = if typed.report == report.id.to_string() {
                typed.words.clone()
            } else {
                String::new()
            };
            view! { <OneReport report words/> }
        })
        .collect();
    view! { <ul class="plain stack">{items}</ul> }.into_any()
}

#[component]
fn OneReport(report: Report, words: String) -> impl IntoView {
    let t = Page::current().t();
    let (kind, href) = match report.subject {
        Subject::Request { request } => {
            (t.moderation_request(), Some(format!("/requests/{request}")))
        }
        Subject::Offer { request, .. } => {
            (t.moderation_offer(), Some(format!("/requests/{request}")))
        }
        Subject::Person { .. } => (t.moderation_person(), None),
    };
    let title = report.title.clone();
    let named = match href {
        Some(href) => view! { <a href=href dir="auto">{title}</a> }.into_any(),
        None => view! { <bdi>{title}</bdi> }.into_any(),
    };
    let by_system = report.reporter.is_none().then(|| t.moderation_by_system());
    let is_request = matches!(report.subject, Subject::Request { .. });
    view! {
        <li class="card stack">
            <div class="cluster apart">
                <h3>{kind}": "{named}</h3>
                <span class="muted small-text"><Moment at=report.created_at bare=true/></span>
            </div>
            <p><strong>{reason_word(t, report.reason)}</strong></p>
            {by_system.map(|text| view! { <Banner tone=Tone::Care>{text}</Banner> })}
            {report.note.map(|note| view! { <p class="long-text" dir="auto">{note.to_string()}</p> })}
            <PostForm class="stack">
                <input type="hidden" name="report" value=report.id.to_string()/>
                <Field name="words" label=t.moderation_words() hint=t.moderation_words_hint() value=words maxlength=300 optional=true/>
                <p class="cluster">
                    <Button look=Look::Quiet name="press" value=DISMISS>{t.moderation_dismiss()}</Button>
                    <Button look=Look::Quiet name="press" value=WARN>{t.moderation_warn()}</Button>
                    {is_request.then(|| view! {
                        <Button look=Look::Danger name="press" value=TAKE_DOWN>{t.moderation_take_down()}</Button>
                    })}
                </p>
            </PostForm>
        </li>
    }
}
