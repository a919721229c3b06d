//! `/requests/new/check`: the last step. It publishes the draft.

use axum::http::HeaderMap;
use axum::response::Response;
use domain::id::RequestId;
use domain::request::{Conditions, Delivery, Part, Request, Stage, What};
use domain::text::Line;
use leptos::prelude::*;
use serde::Deserialize;
use services::requests::Once;

use super::{Progress, Step, require_draft};
use crate::components::{Banner, Button, Confirm, Look, Moment, PostForm, Row, SummaryList, Tone};
use crate::form::{Errors, Submission};
use crate::i18n::Locale;
use crate::next_path::query_value;
use crate::page::{Page, PageResult};
use crate::pages::requests::evidence::EvidenceList;
use crate::pages::requests::guest::command_key;
use crate::pages::requests::request_path::request_path;
use crate::pages::requests::view::{WholeDelivery, what_rows};
use crate::pages::requests::{refusals, words};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Nothing {}

pub(crate) async fn get(page: Page, headers: HeaderMap) -> PageResult {
    let draft = require_draft(&page, &headers).await?;
    if let (Some(details), Stage::Open) = (draft.details(), draft.stage) {
        return Ok(page.see_other(&request_path(draft.id, details.what.title.as_str())));
    }
    Ok(show(&page, &draft, &Errors::none()))
}

pub(crate) async fn post(page: Page, headers: HeaderMap, form: Submission<Nothing>) -> PageResult {
    let draft = require_draft(&page, &headers).await?;
    let once = Once::new(command_key(&form.key)?, "requests/publish", &draft.id);
    let published = page
        .services()
        .publish_request(&page.actor(), draft.id, &once)
        .await;
    match published {
        Ok(request) if request.stage == Stage::InReview => {
            Ok(page.see_other("/requests/mine?done=request_in_review"))
        }
        Ok(request) => {
            let title = request.draft().what.map(|what| what.title.to_string());
            let path = request_path(request.id, &title.unwrap_or_default());
            Ok(page.see_other(&format!("{path}?done=request_posted")))
        }
        Err(error) => {
            let mut errors = Errors::none();
            refusals::refuse(page.t(), &mut errors, error)?;
            Ok(show(&page, &draft, &errors))
        }
    }
}

fn show(page: &Page, draft: &Request, errors: &Errors) -> Response {
    let t = page.t();
    let draft = draft.clone();
    let is_guest = page.viewer.is_none();
    page.html(t.wizard_check_title())
        .errors(errors)
        .render(move || {
            let (id, saved_at) = (draft.id, draft.updated_at);
            let parts = draft.draft();
            let is_complete =
                parts.what.is_some() && parts.delivery.is_some() && parts.conditions.is_some();
            let note = draft
                .review_note
                .as_ref()
                .map(|note| t.wizard_sent_back(note));
            view! {
                <div class="stack prose">
                    <Progress step=Step::Check draft=Some(id) saved_at=Some(saved_at)/>
                    <h1>{t.wizard_check_title()}</h1>
                    {note.map(|note| view! { <Banner tone=Tone::Care>{note}</Banner> })}
                    <Section part=Part::What step=Step::What draft=draft.clone()/>
                    <Section part=Part::Delivery step=Step::Delivery draft=draft.clone()/>
                    <Section part=Part::Conditions step=Step::Budget draft=draft.clone()/>
                    {is_complete.then(|| if is_guest {
                        view! { <GuestWays draft=id/> }.into_any()
                    } else {
                        view! {
                            <PostForm class="stack">
                                <p>{t.wizard_publish_text()}</p>
                                <p><Button>{t.wizard_publish()}</Button></p>
                            </PostForm>
                        }
                        .into_any()
                    })}
                    {(!is_guest).then(|| view! {
                        <p><a href=format!("/requests/{id}/cancel")>{t.wizard_discard()}</a></p>
                    })}
                </div>
            }
        })
}

/// Without an account: sign in, come back here, post.
#[component]
fn GuestWays(draft: RequestId) -> impl IntoView {
    let t = Page::current().t();
    let next = query_value(&Step::Check.path(Some(draft)));
    view! {
        <Confirm warning=t.wizard_guest_title() final_word=t.wizard_guest_text()>
            <p class="cluster">
                <Button href=format!("/auth/sign-in?next={next}")>{t.wizard_guest_sign_in()}</Button>
                <Button look=Look::Quiet href=format!("/auth/sign-up?next={next}")>{t.wizard_guest_sign_up()}</Button>
            </p>
        </Confirm>
    }
}

const fn part_name(t: Locale, part: Part) -> &'static str {
    match part {
        Part::What => t.wizard_part_what(),
        Part::Delivery => t.wizard_part_delivery(),
        Part::Conditions => t.wizard_part_conditions(),
    }
}

/// One part as it will be read, with the way to change it.
#[component]
fn Section(part: Part, step: Step, draft: Request) -> impl IntoView {
    let t = Page::current().t();
    let href = step.path(Some(draft.id));
    let (labelled_by, heading) = (href.clone(), href.clone());
    let name = part_name(t, part);
    let parts = draft.draft();
    let body = match part {
        Part::What => parts
            .what
            .map(|what| view! { <WhatRows what draft=draft.id/> }.into_any()),
        Part::Delivery => parts
            .delivery
            .map(|delivery| view! { <DeliveryRows delivery/> }.into_any()),
        Part::Conditions => parts
            .conditions
            .map(|conditions| view! { <ConditionRows conditions draft=draft.id/> }.into_any()),
    };
    let (label, is_there) = match body {
        Some(_) => (t.wizard_change(), true),
        None => (t.wizard_check_write(), false),
    };
    view! {
        <section class="card stack" aria-labelledby=labelled_by>
            <div class="cluster apart">
                <h2 id=heading>{name}</h2>
                <a href=href>{label}<span class="visually-hidden">" "{name}</span></a>
            </div>
            {(!is_there).then(|| view! { <p class="muted">{t.wizard_check_missing()}</p> })}
            {body}
        </section>
    }
}

#[component]
fn WhatRows(what: What, draft: RequestId) -> impl IntoView {
    let t = Page::current().t();
    let (title, description) = (what.title.to_string(), what.description.to_string());
    let tags: Vec<&str> = what.tags.iter().map(Line::as_str).collect();
    let tags = tags.join(" · ");
    let files = match what.attachments.len() {
        0 => t.attach_none_yet().to_owned(),
        count => t.evidence_files(u64::try_from(count).unwrap_or(u64::MAX)),
    };
    let href = Step::Files.path(Some(draft));
    let mut rows = what_rows(t, what);
    rows.push(Row::new(
        t.attach_count_row(),
        view! { <a href=href>{files}</a> },
    ));
    if !tags.is_empty() {
        rows.push(Row::new(
            t.wizard_tags(),
            view! { <span dir="auto">{tags}</span> },
        ));
    }
    view! {
        <p dir="auto"><strong>{title}</strong></p>
        <p class="long-text" dir="auto">{description}</p>
        <SummaryList rows/>
    }
}

#[component]
fn DeliveryRows(delivery: Delivery) -> impl IntoView {
    let t = Page::current().t();
    let place = words::place(t, delivery.place().as_ref());
    view! {
        <p>{place}</p>
        <WholeDelivery delivery/>
    }
}

#[component]
fn ConditionRows(conditions: Conditions, draft: RequestId) -> impl IntoView {
    let t = Page::current().t();
    let days = t.word_days(u64::from(conditions.inspection_days));
    let invited = match conditions.invited.len() {
        0 => t.invite_row_everybody().to_owned(),
        count => t.invite_count(u64::try_from(count).unwrap_or(u64::MAX)),
    };
    let invite = Step::Invite.path(Some(draft));
    let rows = vec![
        Row::new(
            t.requests_fact_budget(),
            words::budget(t, conditions.budget),
        ),
        Row::new(
            t.requests_fact_urgency(),
            words::urgency(t, conditions.urgency),
        ),
        Row::new(
            t.wizard_row_offers(),
            view! { <Moment at=conditions.offers_until/> },
        ),
        Row::new(t.wizard_row_inspection(), days),
        Row::new(
            t.wizard_row_silence(),
            words::silence(t, conditions.buyer_on_silence),
        ),
        Row::new(
            t.invite_row(),
            view! { {invited}" "<a href=invite>{t.invite_manage()}</a> },
        ),
    ];
    view! {
        <SummaryList rows/>
        <h3>{t.wizard_row_evidence()}</h3>
        <EvidenceList items=conditions.evidence/>
    }
}
