//! `/requests/new/what`: the first step. Saving it begins the draft.

use axum::http::HeaderMap;
use axum::response::Response;
use domain::category::Catalogue;
use domain::request::Request;
use leptos::prelude::*;
use services::requests::DraftPart;

use super::what_fields::{WhatFields, WhatInputs};
use super::{Progress, Step, find_draft, save};
use crate::components::{Button, Look, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

/// The button that leads to the files of the draft.
const ADD_FILES: &str = "files";

pub(crate) async fn get(page: Page, headers: HeaderMap) -> PageResult {
    let draft = find_draft(&page, &headers).await?;
    let catalogue = page.services().catalogue().await?;
    let what = draft.as_ref().and_then(|draft| draft.draft().what);
    let fields = match &what {
        Some(what) => WhatFields::of(what, &catalogue),
        None => WhatFields::empty(),
    };
    Ok(show(
        &page,
        draft.as_ref(),
        fields,
        catalogue,
        &Errors::none(),
    ))
}

pub(crate) async fn post(
    page: Page,
    headers: HeaderMap,
    form: Submission<WhatFields>,
) -> PageResult {
    let draft = find_draft(&page, &headers).await?;
    let catalogue = page.services().catalogue().await?;
    let before = draft.as_ref().and_then(|draft| draft.draft().what);
    let mut errors = Errors::none();
    let what = form
        .fields
        .read(&catalogue, before.as_ref(), page.t(), &mut errors);
    if let Some(what) = what.filter(|_| errors.is_empty()) {
        let part = DraftPart::What(what);
        let next = if form.fields.press == ADD_FILES {
            Step::Files
        } else {
            Step::Delivery
        };
        let saved = save(&page, &headers, &form.key, part, next, &mut errors).await?;
        if let Some(response) = saved {
            return Ok(response);
        }
    }
    Ok(show(&page, draft.as_ref(), form.fields, catalogue, &errors))
}

fn show(
    page: &Page,
    draft: Option<&Request>,
    fields: WhatFields,
    catalogue: Catalogue,
    errors: &Errors,
) -> Response {
    let t = page.t();
    let id = draft.map(|draft| draft.id);
    let saved_at = draft.map(|draft| draft.updated_at);
    page.html(t.wizard_what_title())
        .errors(errors)
        .render(move || {
            view! {
                <div class="stack prose">
                    <Progress step=Step::What draft=id saved_at/>
                    <h1>{t.wizard_what_title()}</h1>
                    <PostForm class="stack">
                        <WhatInputs fields catalogue/>
                        <p class="small-text"><a href="/prohibited">{t.prohibited_link()}</a></p>
                        <p class="cluster">
                            <Button>{t.wizard_continue()}</Button>
                            <Button look=Look::Quiet name="press" value=ADD_FILES>{t.attach_add()}</Button>
                        </p>
                    </PostForm>
                </div>
            }
        })
}
