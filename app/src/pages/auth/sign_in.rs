//! `/auth/sign-in`: with address and password.

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use domain::password::Password;
use leptos::prelude::*;
use serde::Deserialize;
use services::identity::{SignIn, SignInError};

use super::{destination, next_in_query, refusals, retry_after, with_next};
use crate::components::{
    Banner, Button, Field, KeptForm, Password as PasswordField, PostForm, Tone,
};
use crate::form::{Errors, Kept, Submission};
use crate::next_path::local_path;
use crate::page::{Page, PageResult, SIGN_IN};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    email: String,
    password: String,
    next: String,
    /// A form that came after the session had ended: shown again at `next`.
    form: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let fields = Fields {
        next: Kept::or("next", next_in_query(&page)),
        form: Kept::or("form", String::new()),
        ..Fields::default()
    };
    if page.viewer.is_some() {
        let led_on = || page.see_other(destination(&fields.next));
        return Ok(lead_back(&page, &fields).unwrap_or_else(led_on));
    }
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
        Ok(signed_in) => Ok(match lead_back(&page.of(&signed_in), &fields) {
            Some(response) => page.keeping_session(&signed_in, response),
            None => page.signed_in(&signed_in, destination(&fields.next)),
        }),
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

/// The page for somebody whose form came after their session had ended. What they typed waits here
/// until they are in again.
pub(crate) fn show_keeping(page: &Page, kept: &Kept) -> Response {
    let fields = Fields {
        next: page.here().to_owned(),
        form: kept.to_text(),
        ..Fields::default()
    };
    show(page, &fields, &Errors::none(), StatusCode::UNAUTHORIZED)
}

/// The way back to the form that was brought along. It is shown there, and sent by nobody but the
/// person who has looked at it.
fn lead_back(page: &Page, fields: &Fields) -> Option<Response> {
    let kept = Kept::read(&fields.form)?;
    let back = local_path(&fields.next)?.to_owned();
    let t = page.t();
    provide_context(Arc::new(page.clone()));
    Kept::show(None);
    Some(page.html(t.auth_kept_title()).render(|| {
        view! {
            <div class="stack narrow">
                <h1>{t.auth_kept_title()}</h1>
                <p>{t.auth_kept_text()}</p>
                <KeptForm page=back kept>{t.status_back()}</KeptForm>
            </div>
        }
    }))
}

fn show(page: &Page, fields: &Fields, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let sign_up = with_next(page, "/auth/sign-up", &fields.next);
    let fields = fields.clone();
    let keeps = !fields.form.is_empty();
    // What is kept is carried from wherever the other form was sent to.
    let action = if keeps {
        page.public(SIGN_IN)
    } else {
        page.here().to_owned()
    };
    let html = page.html(t.auth_sign_in()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <h1>{t.auth_sign_in()}</h1>
                {keeps.then(|| view! { <Banner tone=Tone::Care>{t.auth_kept()}</Banner> })}
                <PostForm action class="stack">
                    <input type="hidden" name="next" value=fields.next.clone()/>
                    {keeps.then(|| view! { <input type="hidden" name="form" value=fields.form.clone()/> })}
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
