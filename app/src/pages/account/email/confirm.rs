//! `/account/email/confirm`: the codes of both mailboxes.

use axum::http::StatusCode;
use axum::response::Response;
use leptos::prelude::*;
use serde::Deserialize;
use services::identity::ConfirmEmailChange;

use super::refuse;
use crate::components::{Button, CodeField, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use crate::pages::auth::refusals;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    old_code: String,
    new_code: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let Some(new) = page.services().waiting_email(&page.actor()).await? else {
        return Ok(page.see_other("/account/email"));
    };
    Ok(show(&page, new, &Errors::none(), StatusCode::OK))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let t = page.t();
    let new = page.services().waiting_email(&page.actor()).await?;
    let new = new.unwrap_or_default();
    let mut errors = Errors::none();
    let read = |typed: &str| refusals::read_code(t, typed);
    let old_code = errors.take("old_code", read(&form.fields.old_code));
    let new_code = errors.take("new_code", read(&form.fields.new_code));
    let (Some(old_code), Some(new_code)) = (old_code, new_code) else {
        return Ok(show(&page, new, &errors, StatusCode::UNPROCESSABLE_ENTITY));
    };
    let command = ConfirmEmailChange { old_code, new_code };
    let services = &page.web.services;
    let changed = services
        .confirm_email_change(&page.actor(), &page.client, command)
        .await;
    match changed {
        Ok(signed_in) => Ok(page.signed_in(&signed_in, "/account?done=email_changed")),
        Err(error) => {
            let status = refuse(&page, &mut errors, error)?;
            Ok(show(&page, new, &errors, status))
        }
    }
}

fn show(page: &Page, new: String, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let old = page.user().ok().map(|user| user.email.to_string());
    let html = page.html(t.email_confirm()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <p><a href="/account/email">{t.email_title()}</a></p>
                <h1>{t.email_confirm()}</h1>
                <p>{t.email_confirm_text()}</p>
                <PostForm class="stack">
                    <p class="muted"><bdi dir="ltr" class="break">{old}</bdi></p>
                    <CodeField name="old_code" label=t.email_old_code() hint=t.email_old_hint()/>
                    <p class="muted"><bdi dir="ltr" class="break">{new}</bdi></p>
                    <CodeField name="new_code" label=t.email_new_code() hint=t.email_new_hint()/>
                    <p><Button>{t.email_confirm_button()}</Button></p>
                </PostForm>
                <p>{t.email_no_mail()}" "<a href="/account/email">{t.email_again()}</a></p>
            </div>
        }
    })
}
