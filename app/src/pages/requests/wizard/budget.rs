//! `/requests/new/budget`: the third step.

use axum::http::HeaderMap;
use axum::response::Response;
use domain::request::Request;
use leptos::prelude::*;
use services::requests::DraftPart;

use super::conditions_fields::{ConditionsFields, ConditionsInputs};
use super::{Progress, Step, require_draft, save};
use crate::components::{Button, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

pub(crate) async fn get(page: Page, headers: HeaderMap) -> PageResult {
    let draft = require_draft(&page, &headers).await?;
    let parts = draft.draft();
    let fields = match &parts.conditions {
        Some(conditions) => ConditionsFields::of(conditions),
        None => ConditionsFields::usual(parts.what.map(|what| what.kind)),
    };
    Ok(show(&page, &draft, fields, &Errors::none()))
}

pub(crate) async fn post(
    page: Page,
    headers: HeaderMap,
    form: Submission<ConditionsFields>,
) -> PageResult {
    let draft = require_draft(&page, &headers).await?;
    let before = draft.draft().conditions;
    let mut errors = Errors::none();
    let now = page.services().now();
    let conditions = form
        .fields
        .read(before.as_ref(), now, page.t(), &mut errors);
    if let Some(conditions) = conditions.filter(|_| errors.is_empty()) {
        let part = DraftPart::Conditions(conditions);
        let saved = save(&page, &headers, &form.key, part, Step::Check, &mut errors).await?;
        if let Some(response) = saved {
            return Ok(response);
        }
    }
    Ok(show(&page, &draft, form.fields, &errors))
}

fn show(page: &Page, draft: &Request, fields: ConditionsFields, errors: &Errors) -> Response {
    let t = page.t();
    let (id, saved_at) = (draft.id, draft.updated_at);
    let until = draft
        .draft()
        .conditions
        .map(|conditions| conditions.offers_until);
    page.html(t.wizard_budget_title())
        .errors(errors)
        .render(move || {
            view! {
                <div class="stack prose">
                    <Progress step=Step::Budget draft=Some(id) saved_at=Some(saved_at)/>
                    <h1>{t.wizard_budget_title()}</h1>
                    <PostForm class="stack">
                        <ConditionsInputs fields until/>
                        <p class="cluster">
                            <Button>{t.wizard_continue()}</Button>
                            <a href=Step::Delivery.path(Some(id))>{t.wizard_back()}</a>
                        </p>
                    </PostForm>
                </div>
            }
        })
}
