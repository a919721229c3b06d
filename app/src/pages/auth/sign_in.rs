//! `/auth/sign-in`: with address and password.

use axum::http::StatusCode;
use axum::response::Response;
use domain::password::Password;
use leptos::prelude::*;
use serde::Deserialize;
use services::identity::{SignIn, SignInError};

use super::{destination, next_in_query, refusals, retry_after, with_next};
use crate::components::{Button, Field, Password as PasswordField, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    email: String,
    password: String,
    next: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let next = next_in_query(&page);
    if page.viewer.is_some() {
        return Ok(page.see_other(destination(&next)));
    }
    let fields = Fields {
        next,
        ..Fields::default()
    };
    Ok(show(&page, &fields, &Errors::none(), StatusCode::OK))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let t = page.t();
    let fields = form.fields;
    let mut errors = Errors::none();
    let email = errors.take("email", refusals::read_email(t, &fields.email));
    if fields.password.is_empty() {
        errors.add("password", t.auth_password_missing());
    }
    let Some(email) = email.filter(|_| errors.is_empty()) else {
        return Ok(show(
            &page,
            &fields,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    };
    let command = SignIn {
        email,
        password: Password::typed(&fields.password),
    };
    let services = &page.web.services;
    match services.sign_in(&page.actor(), &page.client, command).await {
        Ok(signed_in) => Ok(page.signed_in(&signed_in, destination(&fields.next))),
        Err(SignInError::Wrong) => {
            let errors = Errors::whole(t.auth_sign_in_wrong());
            Ok(show(
                &page,
                &fields,
                &errors,
                StatusCode::UNPROCESSABLE_ENTITY,
            ))
        }
        Err(SignInError::Locked { until }) => {
            let errors = Errors::whole(refusals::locked(&page, until));
            let shown = show(&page, &fields, &errors, StatusCode::LOCKED);
            Ok(retry_after(&page, until, shown))
        }
        Err(SignInError::Throttled(throttled)) => {
            let errors = Errors::whole(refusals::throttled(&page, throttled.until));
            let shown = show(&page, &fields, &errors, StatusCode::TOO_MANY_REQUESTS);
            Ok(retry_after(&page, throttled.until, shown))
        }
        Err(SignInError::Failed(failure)) => Err(failure.into()),
    }
}

fn show(page: &Page, fields: &Fields, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let sign_up = with_next(page, "/auth/sign-up", &fields.next);
    let fields = fields.clone();
    let html = page.html(t.auth_sign_in()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <h1>{t.auth_sign_in()}</h1>
                <PostForm class="stack">
                    <input type="hidden" name="next" value=fields.next.clone()/>
                    <Field
                        name="email"
                        label=t.auth_email()
                        value=fields.email.clone()
                        kind="email"
                        autocomplete="username"
                        dir="ltr"
                        maxlength=254
                    />
                    <PasswordField
                        name="password"
                        label=t.auth_password()
                        autocomplete="current-password"
                    />
                    <p><Button>{t.auth_sign_in()}</Button></p>
                </PostForm>
                <ul class="plain stack">
                    <li>
                        <a href=sign_up>{t.auth_no_account()}</a>
                    </li>
                    <li><a href=page.public("/auth/reset")>{t.auth_forgot()}</a></li>
                </ul>
            </div>
        }
    })
}
