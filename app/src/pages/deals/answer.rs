//! The other party answers a dispute.

use axum::response::Response;
use domain::deal::Command;
use leptos::prelude::*;

use super::dispute::category_word;
use super::frame::{files_separately, not_yet, step_page};
use super::open::{Case, DealPath};
use super::plain::{Statement, WrittenStep, statement_field};
use crate::components::{Button, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

const STEP: WrittenStep = WrittenStep {
    step: |statement| Command::AnswerDispute { statement },
    done: "deal_answered",
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
    let may = case.may(Command::AnswerDispute {
        statement: String::new(),
    });
    let (statement, version) = (typed.to_owned(), case.deal().version);
    let claim = case.deal().dispute().map(|dispute| {
        let (about, said) = (
            category_word(t, dispute.category),
            dispute.statement.clone(),
        );
        view! {
            <section class="card stack tight">
                <h2>{about}</h2>
                <p class="said" dir="auto">{said}</p>
            </section>
        }
    });
    step_page(page, case, t.deal_answer_title(), errors, may, || {
        let not_yet = not_yet(page, case);
        let field = statement_field(t, t.deal_answer_statement(), None, statement);
        let files = files_separately(page, case);
        view! {
            {claim}
            <p class="prose">{t.deal_answer_text()}</p>
            <PostForm version class="stack">
                {field}
                <p class="cluster">
                    <Button>{t.deal_answer_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
            {files}
        }
    })
}
