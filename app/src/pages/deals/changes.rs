//! The buyer asks for changes: the goods go back to the seller's hands.

use axum::response::Response;
use domain::deal::{CHANGES_MAX, Command, STATEMENT_CHARS_MAX};
use leptos::prelude::*;
use serde::Deserialize;

use super::fields;
use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::take::take;
use crate::components::{Button, PostForm, Textarea};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    note: String,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    Ok(show(&page, &case, &Fields::default(), &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = Case::open(&page, path).await?;
    let mut errors = Errors::none();
    let note = fields::block::<STATEMENT_CHARS_MAX>(page.t(), &form.fields.note);
    let Some(note) = errors.take("note", note) else {
        return Ok(show(&page, &case, &form.fields, &errors));
    };
    let step = Command::AskForChanges { note };
    take(
        &page,
        &case,
        &form,
        step,
        "deal_changes_asked",
        |case, errors| show(&page, case, &form.fields, errors),
    )
    .await
}

fn show(page: &Page, case: &Case, fields: &Fields, errors: &Errors) -> Response {
    let t = page.t();
    let asked = u64::from(case.deal().changes_asked).saturating_add(1);
    let of = t.deal_changes_count(t.number(asked), t.number(u64::from(CHANGES_MAX)));
    let may = case.may(Command::AskForChanges {
        note: String::new(),
    });
    let (note, version) = (fields.note.clone(), case.deal().version);
    step_page(page, case, t.deal_changes_title(), errors, may, || {
        let not_yet = not_yet(page, case);
        view! {
            <p class="prose">{t.deal_changes_text()}</p>
            <p class="muted">{of}</p>
            <PostForm version class="stack">
                <Textarea
                    name="note"
                    label=t.deal_changes_note()
                    hint=t.deal_changes_note_hint()
                    value=note
                />
                <p class="cluster">
                    <Button>{t.deal_changes_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
