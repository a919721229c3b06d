//! `/report`: tell staff about a request, an offer or a person, or block whose it is.
//!
//! What it is about stands in the address: `request=`, with `offer=` for an offer on it; or
//! `person=`.

use axum::http::StatusCode;
use axum::response::Response;
use domain::report::{Reason, ReportRejection, Subject};
use domain::text::Block;
use leptos::prelude::*;
use serde::Deserialize;
use services::moderation::{FileReport, FileReportError, Reported};

use crate::components::{Banner, Button, Checkbox, Choice, Look, PostForm, RadioCards, Textarea};
use crate::form::{Errors, Submission};
use crate::i18n::Locale;
use crate::page::{Failure, Page, PageResult};
use crate::pages::auth::refusals as limits;
use crate::pages::requests::refusals;

/// As typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    reason: String,
    note: String,
    block: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    page.user()?;
    let subject = subject(&page)?;
    match page.services().reported(&page.actor(), subject).await {
        Ok(reported) => Ok(show(
            &page,
            &reported,
            Fields::default(),
            &Errors::none(),
            StatusCode::OK,
        )),
        Err(error) => Err(failure(error)),
    }
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    page.user()?;
    let (t, fields) = (page.t(), form.fields);
    let subject = subject(&page)?;
    let (services, actor) = (page.services(), page.actor());
    let reported = services.reported(&actor, subject).await.map_err(failure)?;
    let mut errors = Errors::none();
    let reason = Reason::from_code(&fields.reason).ok_or(t.report_reason_missing());
    let reason = errors.take("reason", reason);
    let note = Block::optional(&fields.note).map_err(|error| refusals::text(t, error));
    let note = errors.take("note", note);
    let (Some(reason), Some(note)) = (reason, note) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(show(&page, &reported, fields, &errors, status));
    };
    let report = FileReport {
        subject,
        reason,
        note,
    };
    match services.file_report(&actor, report).await {
        Ok(()) => {}
        Err(FileReportError::Throttled(throttled)) => {
            errors.add_whole(limits::throttled(&page, throttled.until));
            let status = StatusCode::TOO_MANY_REQUESTS;
            return Ok(show(&page, &reported, fields, &errors, status));
        }
        Err(error) => return Err(failure(error)),
    }
    if fields.block == "on" {
        super::account::blocked::block(&page, reported.about).await?;
        return Ok(page.see_other("/account/blocked?done=reported"));
    }
    Ok(page.see_other("/dashboard?done=reported"))
}

/// What the address names.
fn subject(page: &Page) -> Result<Subject, Failure> {
    let read = |name| page.query(name).filter(|value| !value.is_empty());
    let wrong = |_| Failure::NotFound;
    match (read("request"), read("offer"), read("person")) {
        (Some(request), None, None) => Ok(Subject::Request {
            request: request.parse().map_err(wrong)?,
        }),
        (Some(request), Some(offer), None) => Ok(Subject::Offer {
            request: request.parse().map_err(wrong)?,
            offer: offer.parse().map_err(wrong)?,
        }),
        (None, None, Some(person)) => Ok(Subject::Person {
            person: person.parse().map_err(wrong)?,
        }),
        _ => Err(Failure::NotFound),
    }
}

fn failure(error: FileReportError) -> Failure {
    match error {
        FileReportError::NotFound | FileReportError::Rejected(ReportRejection::OwnSubject) => {
            Failure::NotFound
        }
        FileReportError::Failed(failure) => failure.into(),
        FileReportError::Throttled(_) | FileReportError::Rejected(_) => Failure::internal(&error),
    }
}

pub(crate) const fn reason_word(t: Locale, reason: Reason) -> &'static str {
    match reason {
        Reason::Prohibited => t.report_reason_prohibited(),
        Reason::Fraud => t.report_reason_fraud(),
        Reason::Outside => t.report_reason_outside(),
        Reason::Spam => t.report_reason_spam(),
        Reason::Offensive => t.report_reason_offensive(),
        Reason::Other => t.report_reason_other(),
    }
}

fn show(
    page: &Page,
    reported: &Reported,
    fields: Fields,
    errors: &Errors,
    status: StatusCode,
) -> Response {
    let t = page.t();
    let (title, about) = (reported.title.clone(), reported.about.to_string());
    let html = page.html(t.report_title()).errors(errors).status(status);
    html.render(move || {
        let choices: Vec<_> = Reason::ALL
            .into_iter()
            .map(|reason| Choice::new(reason.code(), reason_word(t, reason)))
            .collect();
        view! {
            <div class="stack loose prose">
                <div class="stack tight">
                    <h1>{t.report_title()}</h1>
                    <p dir="auto"><strong>{title}</strong></p>
                </div>
                <p>{t.report_text()}" "<a href="/prohibited">{t.prohibited_title()}</a></p>
                <PostForm class="stack">
                    <RadioCards name="reason" legend=t.report_reason() choices chosen=fields.reason/>
                    <Textarea
                        name="note"
                        label=t.report_note()
                        hint=t.report_note_hint()
                        value=fields.note
                        rows=4
                        optional=true
                    />
                    <Checkbox name="block" label=t.report_block_too() checked={fields.block == "on"}/>
                    <p><Button>{t.report_button()}</Button></p>
                </PostForm>
                <section class="stack" aria-labelledby="block">
                    <h2 id="block">{t.report_only_block()}</h2>
                    <Banner>{t.report_block_text()}</Banner>
                    <PostForm action="/account/blocked">
                        <input type="hidden" name="person" value=about/>
                        <Button look=Look::Quiet name="press" value="block">{t.report_block_button()}</Button>
                    </PostForm>
                </section>
            </div>
        }
    })
}
