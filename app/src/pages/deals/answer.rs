//! The other party answers a dispute.

use axum::response::Response;
use domain::deal::{Command, STATEMENT_CHARS_MAX};
use leptos::prelude::*;
use serde::Deserialize;

use super::dispute::category_word;
use super::fields;
use super::frame::{files_separately, not_yet, step_page};
use super::open::{Case, DealPath};
use super::take::take;
use crate::components::{Button, PostForm, Textarea};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    statement: String,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    Ok(show(&page, &case, &Fields::default(), &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = Case::open(&page, path).await?;
    let mut errors = Errors::none();
    let statement = fields::block::<STATEMENT_CHARS_MAX>(page.t(), &form.fields.statement);
    let Some(statement) = errors.take("statement", statement) else {
        return Ok(show(&page, &case, &form.fields, &errors));
    };
    let step = Command::AnswerDispute { statement };
    take(
        &page,
        &case,
        &form,
        step,
        "deal_answered",
        |case, errors| show(&page, case, &form.fields, errors),
    )
    .await
}

fn show(page: &Page, case: &Case, fields: &Fields, errors: &Errors) -> Response {
    let t = page.t();
    let may = case.may(Command::AnswerDispute {
        statement: String::new(),
    });
    let (statement, version) = (fields.statement.clone(), case.deal().version);
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
        let files = files_separately(page, case);
        view! {
            {claim}
            <p class="prose">{t.deal_answer_text()}</p>
            <PostForm version class="stack">
                <Textarea name="statement" label=t.deal_answer_statement() value=statement rows=8/>
                <p class="cluster">
                    <Button>{t.deal_answer_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
            {files}
        }
    })
}
