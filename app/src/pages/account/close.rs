//! `/account/close`: the end of an account.

use axum::http::StatusCode;
use axum::response::Response;
use domain::password::Password;
use domain::user::UserRejection;
use leptos::prelude::*;
use serde::Deserialize;
use services::people::CloseAccountError;

use crate::components::{Button, Checkbox, Confirm, Look, Password as PasswordField, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};
use crate::pages::auth::refusals;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    password: String,
    sure: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    page.user()?;
    Ok(show(&page, &Errors::none(), StatusCode::OK))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    page.user()?;
    let t = page.t();
    let mut errors = Errors::none();
    if form.fields.sure != "on" {
        errors.add("sure", t.account_close_tick());
        return Ok(show(&page, &errors, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let password = Password::typed(&form.fields.password);
    let actor = page.actor();
    let services = &page.web.services;
    let closed = services.close_account(&actor, &page.client, password);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match closed.await {
        Ok(()) => return Ok(page.signed_out("/?done=account_closed")),
        Err(CloseAccountError::WrongPassword) => {
            errors.add("password", t.account_current_wrong());
        }
        Err(CloseAccountError::Locked { until }) => {
            errors.add_whole(refusals::locked(&page, until));
            status = StatusCode::LOCKED;
        }
        Err(CloseAccountError::Rejected(UserRejection::MoneyInPlay)) => {
            errors.add_whole(t.account_close_money());
            status = StatusCode::CONFLICT;
        }
        Err(CloseAccountError::Rejected(_)) => return Err(Failure::Forbidden),
        Err(CloseAccountError::Failed(failure)) => return Err(failure.into()),
    }
    Ok(show(&page, &errors, status))
}

fn show(page: &Page, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let html = page.html(t.account_close()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <p><a href="/account/security">{t.account_security()}</a></p>
                <h1>{t.account_close()}</h1>
                <p>{t.account_close_text()}</p>
                <Confirm warning=t.account_close_warning()>
                    <PostForm class="stack">
                        <PasswordField
                            name="password"
                            label=t.auth_password()
                            autocomplete="current-password"
                        />
                        <Checkbox name="sure" label=t.account_close_sure()/>
                        <p class="cluster">
                            <Button look=Look::Danger>{t.account_close()}</Button>
                            <Button look=Look::Quiet href="/account">{t.account_keep()}</Button>
                        </p>
                    </PostForm>
                </Confirm>
            </div>
        }
    })
}
