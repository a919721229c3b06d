//! A party answers the oldest question that whoever judges has put to them.

use axum::response::Response;
use domain::deal::{Command, QUESTION_ANSWER_CHARS_MAX};
use leptos::prelude::*;
use serde::Deserialize;

use super::fields::block;
use super::frame::{files_separately, not_yet, step_page};
use super::open::{Case, DealPath};
use super::take::take;
use crate::components::{Button, PostForm, Textarea};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    answer: String,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = Case::open(&page, path).await?;
    Ok(show(&page, &case, "", &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = Case::open(&page, path).await?;
    let typed = &form.fields.answer;
    let mut errors = Errors::none();
    let answer = block::<QUESTION_ANSWER_CHARS_MAX>(page.t(), typed);
    let Some(statement) = errors.take("answer", answer) else {
        return Ok(show(&page, &case, typed, &errors));
    };
    let step = Command::AnswerQuestion { statement };
    let done = "question_answered";
    take(&page, &case, &form, step, done, |case, errors| {
        show(&page, case, typed, errors)
    })
    .await
}

fn show(page: &Page, case: &Case, typed: &str, errors: &Errors) -> Response {
    let t = page.t();
    let may = case.may(Command::AnswerQuestion {
        statement: String::new(),
    });
    let (typed, version) = (typed.to_owned(), case.deal().version);
    let asked = case
        .deal()
        .dispute()
        .and_then(|dispute| dispute.open_question(case.party));
    let asked = asked.map(|asked| {
        let (at, question) = (page.when.moment(asked.at), asked.question.clone());
        view! {
            <section class="card stack tight">
                <h2>{t.question_asked(at)}</h2>
                <p class="said" dir="auto">{question}</p>
            </section>
        }
    });
    step_page(page, case, t.question_answer_title(), errors, may, || {
        let not_yet = not_yet(page, case);
        let files = files_separately(page, case);
        view! {
            {asked}
            <p class="prose">{t.question_answer_text()}</p>
            <PostForm version class="stack">
                <Textarea
                    name="answer"
                    label=t.question_your_answer()
                    hint=t.question_answer_hint()
                    value=typed
                    rows=6
                />
                <p class="cluster">
                    <Button>{t.deal_answer_button()}</Button>
                    {not_yet}
                </p>
            </PostForm>
            {files}
        }
    })
}
