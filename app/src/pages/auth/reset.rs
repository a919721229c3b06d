//! `/auth/reset`: asking for a code to set a new password with.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::challenge::CODE_LIFE;
use leptos::prelude::*;
use serde::Deserialize;
use services::identity::{StartReset, StartResetError};

use super::{refusals, retry_after};
use crate::components::{Button, Field, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use browser::cookies::Secret;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    email: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let known = page
        .viewer
        .as_ref()
        .map(|viewer| viewer.user.email.to_string());
    let email = known.unwrap_or_default();
    Ok(show(
        &page,
        &Fields { email },
        &Errors::none(),
        StatusCode::OK,
    ))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let fields = form.fields;
    let email = match refusals::read_email(page.t(), &fields.email) {
        Ok(email) => email,
        Err(message) => {
            let mut errors = Errors::none();
            errors.add("email", message);
            return Ok(show(
                &page,
                &fields,
                &errors,
                StatusCode::UNPROCESSABLE_ENTITY,
            ));
        }
    };
    let cookie = {
        let life_s = CODE_LIFE.ms() / 1_000;
        Secret::Reset.set(email.as_str(), life_s, page.web.is_secure())
    };
    let actor = page.actor();
    let services = &page.web.services;
    let started = services.start_reset(&actor, &page.client, StartReset { email });
    match started.await {
        Ok(()) => {
            let next = page.see_other(&page.public("/auth/reset/code"));
            Ok(([(header::SET_COOKIE, cookie)], next).into_response())
        }
        Err(StartResetError::Throttled(throttled)) => {
            let errors = Errors::whole(refusals::throttled(&page, throttled.until));
            let shown = show(&page, &fields, &errors, StatusCode::TOO_MANY_REQUESTS);
            Ok(retry_after(&page, throttled.until, shown))
        }
        Err(StartResetError::Failed(failure)) => Err(failure.into()),
    }
}

fn show(page: &Page, fields: &Fields, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let fields = fields.clone();
    let html = page.html(t.auth_reset()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <h1>{t.auth_reset()}</h1>
                <p>{t.auth_reset_text()}</p>
                <PostForm class="stack">
                    <Field
                        name="email"
                        label=t.auth_email()
                        value=fields.email.clone()
                        kind="email"
                        autocomplete="username"
                        dir="ltr"
                        maxlength=254
                    />
                    <p><Button>{t.auth_send_code()}</Button></p>
                </PostForm>
                <p><a href=page.public("/auth/sign-in")>{t.auth_back_to_sign_in()}</a></p>
            </div>
        }
    })
}
