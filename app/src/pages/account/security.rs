//! `/account/security`: the password, and where one is signed in.

use axum::http::StatusCode;
use axum::response::Response;
use domain::password::Password;
use leptos::prelude::*;
use serde::Deserialize;
use services::identity::{ChangePassword, ChangePasswordError};

use crate::components::{Banner, Button, Password as PasswordField, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::auth::refusals;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    current: String,
    password: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    page.user()?;
    Ok(show(&page, &Errors::none(), StatusCode::OK))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    page.user()?;
    let t = page.t();
    let command = ChangePassword {
        current: Password::typed(&form.fields.current),
        new: Password::typed(&form.fields.password),
    };
    let actor = page.actor();
    let services = &page.web.services;
    let changed = services.change_password(&actor, &page.client, command);
    let mut errors = Errors::none();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match changed.await {
        Ok(signed_in) => {
            return Ok(page.signed_in(&signed_in, "/account/security?done=password_changed"));
        }
        Err(ChangePasswordError::WrongCurrent) => {
            errors.add("current", t.account_current_wrong());
        }
        Err(ChangePasswordError::Password(rejection)) => {
            errors.add("password", refusals::password(t, rejection));
        }
        Err(ChangePasswordError::Locked { until }) => {
            errors.add_whole(refusals::locked(&page, until));
            status = StatusCode::LOCKED;
        }
        Err(ChangePasswordError::Throttled(throttled)) => {
            errors.add_whole(refusals::throttled(&page, throttled.until));
            status = StatusCode::TOO_MANY_REQUESTS;
        }
        Err(ChangePasswordError::Failed(failure)) => return Err(failure.into()),
    }
    Ok(show(&page, &errors, status))
}

fn show(page: &Page, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let html = page
        .html(t.account_security())
        .errors(errors)
        .status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <p><a href="/account">{t.account_title()}</a></p>
                <h1>{t.account_security()}</h1>
                <section class="stack" aria-labelledby="password-heading">
                    <h2 id="password-heading">{t.account_password()}</h2>
                    <PostForm class="stack">
                        <PasswordField
                            name="current"
                            label=t.account_current()
                            autocomplete="current-password"
                        />
                        <PasswordField
                            name="password"
                            label=t.auth_new_password()
                            hint=t.auth_password_hint(refusals::counted(Password::MIN))
                            autocomplete="new-password"
                        />
                        <Banner>{t.account_password_note()}</Banner>
                        <p><Button>{t.account_password_change()}</Button></p>
                    </PostForm>
                </section>
                <section class="stack" aria-labelledby="more-heading">
                    <h2 id="more-heading">{t.account_more()}</h2>
                    <ul class="plain stack">
                        <li><a href="/account/sessions">{t.account_sessions()}</a></li>
                        <li><a href="/payouts/address">{t.address_title()}</a></li>
                        <li><a href="/account/data">{t.data_title()}</a></li>
                        <li><a href="/account/blocked">{t.blocked_title()}</a></li>
                        <li><a href="/account/close">{t.account_close()}</a></li>
                    </ul>
                </section>
            </div>
        }
    })
}
