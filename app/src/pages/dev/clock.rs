//! `/dev/clock`: the demonstration's time, put forward. Its deadlines are hours and days away.

use axum::response::Response;
use domain::Span;
use leptos::prelude::*;
use serde::Deserialize;

use crate::components::{Button, Choice, Moment, PostForm, RadioCards};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};

/// How long, as the form says it, in minutes.
const STRETCHES: [(&str, Span); 5] = [
    ("15", Span::minutes(15)),
    ("60", Span::hours(1)),
    ("1440", Span::days(1)),
    ("4320", Span::days(3)),
    ("10080", Span::days(7)),
];

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    pass: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    Ok(show(&page, &Errors::none()))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let clock = page.web.demo_clock.as_deref().ok_or(Failure::NotFound)?;
    let chosen = STRETCHES
        .into_iter()
        .find(|(value, _)| *value == form.fields.pass);
    let Some((_, stretch)) = chosen else {
        let mut errors = Errors::none();
        errors.add("pass", page.t().dev_clock_wrong());
        return Ok(show(&page, &errors));
    };
    page.services()
        .pass_time(clock, stretch)
        .await
        .map_err(services::Failure::from)?;
    Ok(page.see_other("/dev/clock?done=time_passed"))
}

fn show(page: &Page, errors: &Errors) -> Response {
    let t = page.t();
    page.html(t.dev_clock()).errors(errors).render(|| {
        let now = page.services().now();
        let choices = STRETCHES
            .into_iter()
            .map(|(value, stretch)| {
                Choice::new(value, page.when.length(stretch).unwrap_or_default())
            })
            .collect();
        view! {
            <div class="stack prose">
                <h1>{t.dev_clock()}</h1>
                <p class="lede">{t.dev_clock_text()}</p>
                <p>{t.dev_clock_now()}" "<Moment at=now bare=true/></p>
                <PostForm class="stack">
                    <RadioCards name="pass" legend=t.dev_clock_pass() choices/>
                    <p><Button>{t.dev_clock_button()}</Button></p>
                </PostForm>
            </div>
        }
    })
}
