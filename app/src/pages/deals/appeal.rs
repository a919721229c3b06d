//! A party appeals the ruling: another resolver judges, once and finally.

use axum::response::Response;
use domain::deal::{Command, STATEMENT_CHARS_MAX};
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
    let step = Command::Appeal { statement };
    take(
        &page,
        &case,
        &form,
        step,
        "deal_appealed",
        |case, errors| show(&page, case, &form.fields, errors),
    )
    .await
}

fn show(page: &Page, case: &Case, fields: &Fields, errors: &Errors) -> Response {
    let t = page.t();
    let may = case.may(Command::Appeal {
        statement: String::new(),
    });
    let (statement, version) = (fields.statement.clone(), case.deal().version);
    step_page(page, case, t.deal_appeal_title(), errors, may, || {
        let not_yet = not_yet(page, case);
        view! {
            <p class="prose">{t.deal_appeal_text()}</p>
            <PostForm version class="stack">
                <Textarea name="statement" label=t.deal_appeal_statement() value=statement rows=8/>
                <p class="cluster">
                    <Button>{t.deal_appeal_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
