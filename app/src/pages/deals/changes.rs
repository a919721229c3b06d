//! The buyer asks for changes: the goods go back to the seller's hands.

use axum::response::Response;
use domain::deal::{CHANGES_MAX, Command};
use leptos::prelude::*;

use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::plain::{Statement, WrittenStep, statement_field};
use crate::components::{Button, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

const STEP: WrittenStep = WrittenStep {
    step: |statement| Command::AskForChanges { note: statement },
    done: "deal_changes_asked",
    show,
};

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    STEP.get(page, path).await
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Statement>) -> PageResult {
    STEP.post(page, path, form).await
}

pub(crate) fn show(page: &Page, case: &Case, typed: &str, errors: &Errors) -> Response {
    let t = page.t();
    let asked = u64::from(case.deal().changes_asked).saturating_add(1);
    let of = t.deal_changes_count(t.number(asked), t.number(u64::from(CHANGES_MAX)));
    let may = case.may(Command::AskForChanges {
        note: String::new(),
    });
    let (note, version) = (typed.to_owned(), case.deal().version);
    step_page(page, case, t.deal_changes_title(), errors, may, || {
        let not_yet = not_yet(page, case);
        let hint = Some(t.deal_changes_note_hint());
        let field = statement_field(t, t.deal_changes_note(), hint, note);
        view! {
            <p class="prose">{t.deal_changes_text()}</p>
            <p class="muted">{of}</p>
            <PostForm version class="stack">
                {field}
                <p class="cluster">
                    <Button>{t.deal_changes_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
