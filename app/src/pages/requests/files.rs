//! `/requests/new/files` and `/requests/{id}/files`: pictures and documents of a request, in the
//! wizard and after it was posted.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::request::{Request, Stage};
use leptos::prelude::*;
use services::files::ShownWith;

use super::request_path::{read_id, request_path};
use super::wizard::{Progress, Step, require_draft};
use crate::components::{Banner, Button, Look, Tone};
use crate::form::{Errors, MultipartForm};
use crate::page::{Failure, Page, PageResult};
use crate::pages::files::attach::{FilesForm, Outcome, Shown, take};

/// A draft's files. Whoever has no account yet is led to make one, and the draft comes along.
pub(crate) async fn get_draft(page: Page, headers: HeaderMap) -> PageResult {
    page.user()?;
    let request = require_draft(&page, &headers).await?;
    show(&page, &request, &Errors::none()).await
}

pub(crate) async fn post_draft(page: Page, headers: HeaderMap, form: MultipartForm) -> PageResult {
    page.user()?;
    let request = require_draft(&page, &headers).await?;
    change(&page, request, form).await
}

pub(crate) async fn get(page: Page, Path(segment): Path<String>) -> PageResult {
    let request = own(&page, &segment).await?;
    show(&page, &request, &Errors::none()).await
}

pub(crate) async fn post(
    page: Page,
    Path(segment): Path<String>,
    form: MultipartForm,
) -> PageResult {
    let request = own(&page, &segment).await?;
    change(&page, request, form).await
}

async fn own(page: &Page, segment: &str) -> Result<Request, Failure> {
    page.user()?;
    let id = read_id(segment)?;
    Ok(page.services().read_draft(&page.actor(), None, id).await?)
}

async fn change(page: &Page, request: Request, form: MultipartForm) -> PageResult {
    let shown_with = ShownWith::Request(request.id);
    match take(page, shown_with, form).await? {
        Outcome::Done => Ok(page.see_other(&here(&request, Some("saved")))),
        Outcome::Wrong(errors) => show(page, &request, &errors).await,
        Outcome::Refused(response) => Ok(response),
    }
}

/// This page's own address.
fn here(request: &Request, done: Option<&str>) -> String {
    let path = if is_draft(request) {
        Step::Files.path(Some(request.id))
    } else {
        format!("/requests/{}/files", request.id)
    };
    let mark = if path.contains('?') { '&' } else { '?' };
    match done {
        Some(done) => format!("{path}{mark}done={done}"),
        None => path,
    }
}

fn is_draft(request: &Request) -> bool {
    request.stage == Stage::Draft
}

async fn show(page: &Page, request: &Request, errors: &Errors) -> Result<Response, Failure> {
    let t = page.t();
    let shown = Shown::read(page, ShownWith::Request(request.id)).await?;
    let title = request.draft().what.map(|what| what.title.to_string());
    let title = title.unwrap_or_default();
    let draft = is_draft(request).then_some(request.id);
    let (saved_at, has_offers) = (request.updated_at, !request.offers.is_empty());
    let (next, label) = match draft {
        Some(_) => (Step::Delivery.path(draft), t.attach_continue()),
        None => (request_path(request.id, &title), t.attach_to_request()),
    };
    let look = if shown.files.is_empty() {
        Look::Quiet
    } else {
        Look::Primary
    };
    let html = page.html(t.attach_title()).errors(errors);
    Ok(html.render(move || {
        view! {
            <div class="stack loose prose">
                {draft.map(|id| view! {
                    <Progress step=Step::What draft=Some(id) saved_at=Some(saved_at)/>
                })}
                <div class="stack tight">
                    <h1>{t.attach_title()}</h1>
                    <p class="muted" dir="auto">{title}</p>
                </div>
                <p>{t.attach_text()}</p>
                {has_offers.then(|| view! { <Banner tone=Tone::Care>{t.attach_offers()}</Banner> })}
                <FilesForm shown/>
                <p><Button look href=next>{label}</Button></p>
            </div>
        }
    }))
}
