//! Whoever was drawn asks a party before ruling.

use axum::response::Response;
use domain::deal::{Command, Party, QUESTION_CHARS_MAX};
use leptos::prelude::*;
use serde::Deserialize;
use services::disputes::CaseView;

use super::open::{case_path, open_for_staff, step};
use crate::components::{Button, Choice, PostForm, RadioCards, Textarea};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::deals::for_staff::{DealPath, Words, block};
use crate::pages::staff::{Taken, take};

const BUYER: &str = "buyer";
const SELLER: &str = "seller";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    to: String,
    question: String,
}

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let case = open_for_staff(&page, path).await?;
    Ok(show(&page, &case, &Fields::default(), &Errors::none()))
}

pub(crate) async fn post(page: Page, path: DealPath, form: Submission<Fields>) -> PageResult {
    let case = open_for_staff(&page, path).await?;
    let typed = &form.fields;
    let mut errors = Errors::none();
    let to = match typed.to.as_str() {
        BUYER => Ok(Party::Buyer),
        SELLER => Ok(Party::Seller),
        _ => Err(page.t().question_to_wrong()),
    };
    let to = errors.take("to", to);
    let question = block::<QUESTION_CHARS_MAX>(page.t(), &typed.question);
    let question = errors.take("question", question);
    let (Some(to), Some(question)) = (to, question) else {
        return Ok(show(&page, &case, typed, &errors));
    };
    match take(&page, path.0, &form, Command::AskParty { to, question }).await? {
        Taken::Done => {
            let done = format!("{}?done=question_asked", case_path(&case));
            Ok(page.see_other(&done))
        }
        Taken::Refused(errors) => {
            let case = open_for_staff(&page, path).await?;
            Ok(show(&page, &case, typed, &errors))
        }
    }
}

fn show(page: &Page, case: &CaseView, typed: &Fields, errors: &Errors) -> Response {
    let t = page.t();
    let words = Words::new(page, &case.view);
    let version = case.view.deal.version;
    let choices = [(BUYER, Party::Buyer), (SELLER, Party::Seller)];
    let choices = choices.map(|(code, party)| {
        let name = format!("{}: {}", words.role(party), words.name(party));
        Choice::new(code, name)
    });
    let typed = typed.clone();
    let step = step(page, case, t.question_ask_title());
    step.show(errors, case.may_ask(), || {
        let not_yet = step.not_yet();
        view! {
            <p class="prose">{t.question_ask_text()}</p>
            <PostForm version class="stack">
                <RadioCards
                    name="to"
                    legend=t.question_to()
                    choices=choices.into()
                    chosen=typed.to
                />
                <Textarea
                    name="question"
                    label=t.question_question()
                    hint=t.question_question_hint()
                    value=typed.question
                    rows=4
                />
                <p class="cluster">
                    <Button>{t.question_send()}</Button>
                    {not_yet}
                </p>
            </PostForm>
        }
    })
}
