//! `/auth/reset/code`: the mailed code and the new password.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::password::Password;
use leptos::prelude::*;
use serde::Deserialize;
use services::identity::{ResetPassword, ResetPasswordError};

use super::{refusals, retry_after};
use crate::components::{
    Banner, Button, CodeField, Field, Password as PasswordField, PostForm, Tone,
};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use browser::cookies::Secret;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    email: String,
    code: String,
    password: String,
}

pub(crate) async fn get(page: Page, headers: HeaderMap) -> PageResult {
    let kept = Secret::Reset.find(&headers, page.web.is_secure());
    let fields = Fields {
        email: kept.unwrap_or_default().to_owned(),
        ..Fields::default()
    };
    Ok(show(&page, &fields, &Errors::none(), StatusCode::OK))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let t = page.t();
    let fields = form.fields;
    let mut errors = Errors::none();
    let email = errors.take("email", refusals::read_email(t, &fields.email));
    let code = errors.take("code", refusals::read_code(t, &fields.code));
    let (Some(email), Some(code)) = (email, code) else {
        return Ok(show(
            &page,
            &fields,
            &errors,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    };
    let command = ResetPassword {
        email,
        code,
        new: Password::typed(&fields.password),
    };
    let actor = page.actor();
    let services = &page.web.services;
    let reset = services.reset_password(&actor, &page.client, command);
    let (field, message) = match reset.await {
        Ok(()) => {
            let forget = Secret::Reset.set("", 0, page.web.is_secure());
            let next = page.signed_out(&page.public("/auth/sign-in?done=password_set"));
            let mut response = next.into_response();
            response.headers_mut().append(header::SET_COOKIE, forget);
            return Ok(response);
        }
        Err(ResetPasswordError::Password(rejection)) => {
            ("password", refusals::password(t, rejection))
        }
        Err(ResetPasswordError::WrongCode { left }) => ("code", refusals::wrong_code(t, left)),
        Err(ResetPasswordError::CodeSpent) => ("code", t.auth_code_spent().to_owned()),
        Err(ResetPasswordError::Throttled(throttled)) => {
            let errors = Errors::whole(refusals::throttled(&page, throttled.until));
            let shown = show(&page, &fields, &errors, StatusCode::TOO_MANY_REQUESTS);
            return Ok(retry_after(&page, throttled.until, shown));
        }
        Err(ResetPasswordError::Failed(failure)) => return Err(failure.into()),
    };
    errors.add(field, message);
    Ok(show(
        &page,
        &fields,
        &errors,
        StatusCode::UNPROCESSABLE_ENTITY,
    ))
}

fn show(page: &Page, fields: &Fields, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let fields = fields.clone();
    let html = page.html(t.auth_reset()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <h1>{t.auth_reset()}</h1>
                <Banner>{t.auth_reset_sent()}</Banner>
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
                    <CodeField name="code" label=t.auth_code() hint=t.auth_reset_code_hint()/>
                    <PasswordField
                        name="password"
                        label=t.auth_new_password()
                        hint=t.auth_password_hint(refusals::counted(Password::MIN))
                        autocomplete="new-password"
                    />
                    <Banner tone=Tone::Care>{t.auth_reset_block()}</Banner>
                    <p><Button>{t.auth_set_password()}</Button></p>
                </PostForm>
                <p><a href=page.public("/auth/reset")>{t.auth_resend()}</a></p>
            </div>
        }
    })
}
