//! `/requests/new/delivery`: the second step.

use axum::http::HeaderMap;
use axum::response::Response;
use domain::request::Request;
use leptos::prelude::*;
use services::requests::DraftPart;

use super::delivery_fields::{DeliveryFields, DeliveryInputs};
use super::{Progress, Step, require_draft, save};
use crate::components::{Banner, Button, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

pub(crate) async fn get(page: Page, headers: HeaderMap) -> PageResult {
    let draft = require_draft(&page, &headers).await?;
    let delivery = draft.draft().delivery;
    let fields = delivery
        .as_ref()
        .map(DeliveryFields::of)
        .unwrap_or_default();
    Ok(show(&page, &draft, fields, &Errors::none()))
}

pub(crate) async fn post(
    page: Page,
    headers: HeaderMap,
    form: Submission<DeliveryFields>,
) -> PageResult {
    let draft = require_draft(&page, &headers).await?;
    let kind = draft.draft().what.map(|what| what.kind);
    let mut errors = Errors::none();
    let delivery = form.fields.read(kind, page.t(), &mut errors);
    if let Some(delivery) = delivery.filter(|_| errors.is_empty()) {
        let part = DraftPart::Delivery(delivery);
        let saved = save(&page, &headers, &form.key, part, Step::Budget, &mut errors).await?;
        if let Some(response) = saved {
            return Ok(response);
        }
    }
    Ok(show(&page, &draft, form.fields, &errors))
}

fn show(page: &Page, draft: &Request, fields: DeliveryFields, errors: &Errors) -> Response {
    let t = page.t();
    let (id, saved_at) = (draft.id, draft.updated_at);
    let kind = draft.draft().what.map(|what| what.kind);
    page.html(t.wizard_delivery_title())
        .errors(errors)
        .render(move || {
            view! {
                <div class="stack prose">
                    <Progress step=Step::Delivery draft=Some(id) saved_at=Some(saved_at)/>
                    <h1>{t.wizard_delivery_title()}</h1>
                    <Banner>{t.wizard_delivery_private()}</Banner>
                    <PostForm class="stack">
                        <DeliveryInputs fields kind/>
                        <p class="cluster">
                            <Button>{t.wizard_continue()}</Button>
                            <a href=Step::What.path(Some(id))>{t.wizard_back()}</a>
                        </p>
                    </PostForm>
                </div>
            }
        })
}
