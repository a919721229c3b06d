//! A party appeals the ruling: another resolver judges, once and finally.

use axum::response::Response;
use domain::deal::Command;
use leptos::prelude::*;

use super::frame::{not_yet, step_page};
use super::open::{Case, DealPath};
use super::plain::{Statement, WrittenStep, statement_field};
use crate::components::{Button, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

const STEP: WrittenStep = WrittenStep {
    step: |statement| Command::Appeal { statement },
    done: "deal_appealed",
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
    let may = case.may(Command::Appeal {
        statement: String::new(),
    });
    let (statement, version) = (typed.to_owned(), case.deal().version);
    step_page(page, case, t.deal_appeal_title(), errors, may, || {
        let not_yet = not_yet(page, case);
        let field = statement_field(t, t.deal_appeal_statement(), None, statement);
        view! {
            <p class="prose">{t.deal_appeal_text()}</p>
            <PostForm version class="stack">
                {field}
                <p class="cluster">
                    <Button>{t.deal_appeal_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
