//! `/account/email`: another mailbox. It begins with the password; the codes of both mailboxes follow
//! on a page of their own.

pub(crate) mod confirm;
pub(crate) mod stop;

use axum::http::StatusCode;
use axum::response::Response;
use domain::password::Password;
use leptos::prelude::*;
use serde::Deserialize;
use services::identity::{ChangeEmailError, StartEmailChange};

use crate::components::{Banner, Button, Field, Password as PasswordField, PostForm};
use crate::form::{Errors, Submission};
use crate::i18n::Locale;
use crate::page::{Failure, Page, PageResult};
use crate::pages::auth::refusals;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    email: String,
    current: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    page.user()?;
    Ok(show(&page, String::new(), &Errors::none(), StatusCode::OK))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    page.user()?;
    let t = page.t();
    let mut errors = Errors::none();
    let typed = form.fields.email;
    let email = errors.take("email", refusals::read_email(t, &typed));
    let Some(new) = email else {
        return Ok(show(
            &page,
            typed,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    };
    let command = StartEmailChange {
        new,
        current: Password::typed(&form.fields.current),
    };
    let services = &page.web.services;
    match services
        .start_email_change(&page.actor(), &page.client, command)
        .await
    {
        Ok(()) => Ok(page.see_other("/account/email/confirm")),
        Err(error) => {
            let status = refuse(&page, &mut errors, error)?;
            Ok(show(&page, typed, &errors, status))
        }
    }
}

/// Notes what was wrong, and says with which status.
fn refuse(
    page: &Page,
    errors: &mut Errors,
    error: ChangeEmailError,
) -> Result<StatusCode, Failure> {
    let t: Locale = page.t();
    match error {
        ChangeEmailError::SameEmail => errors.add("email", t.email_same()),
        ChangeEmailError::WrongCurrent => errors.add("current", t.account_current_wrong()),
        ChangeEmailError::WrongCode { left } => errors.add("old_code", wrong_codes(t, left)),
        ChangeEmailError::CodeSpent => errors.add_whole(t.email_spent()),
        ChangeEmailError::Locked { until } => {
            errors.add_whole(refusals::locked(page, until));
            return Ok(StatusCode::LOCKED);
        }
        ChangeEmailError::Throttled(throttled) => {
            errors.add_whole(refusals::throttled(page, throttled.until));
            return Ok(StatusCode::TOO_MANY_REQUESTS);
        }
        ChangeEmailError::Failed(failure) => return Err(failure.into()),
    }
    Ok(StatusCode::UNPROCESSABLE_ENTITY)
}

fn wrong_codes(t: Locale, left: u32) -> String {
    if left == 0 {
        t.email_spent().to_owned()
    } else {
        t.email_wrong_codes(u64::from(left))
    }
}

fn show(page: &Page, typed: String, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let email = page.user().ok().map(|user| user.email.to_string());
    let html = page.html(t.email_title()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <p><a href="/account">{t.account_title()}</a></p>
                <h1>{t.email_title()}</h1>
                <p>{t.email_now()}" "<bdi dir="ltr" class="break">{email}</bdi></p>
                <p>{t.email_text()}</p>
                <PostForm class="stack">
                    <Field
                        name="email"
                        label=t.email_new()
                        value=typed
                        kind="email"
                        autocomplete="email"
                        dir="ltr"
                        maxlength=254
                    />
                    <PasswordField
                        name="current"
                        label=t.account_current()
                        autocomplete="current-password"
                    />
                    <Banner>{t.email_note()}</Banner>
                    <p><Button>{t.email_button()}</Button></p>
                </PostForm>
            </div>
        }
    })
}
