//! `/auth/sign-up`: asking for an account.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::challenge::CODE_LIFE;
use domain::password::Password;
use leptos::prelude::*;
use serde::Deserialize;
use services::identity::{StartSignUp, StartSignUpError};

use super::{destination, next_in_query, refusals, retry_after, with_next};
use crate::components::{Button, Choice, Field, Password as PasswordField, PostForm, RadioCards};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use browser::cookies::Secret;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    email: String,
    password: String,
    first_name: String,
    last_name: String,
    role: String,
    next: String,
}

const SELLER: &str = "seller";
const BUYER: &str = "buyer";

pub(crate) async fn get(page: Page) -> PageResult {
    let next = next_in_query(&page);
    if page.viewer.is_some() {
        return Ok(page.see_other(destination(&next)));
    }
    let role = if page.query("role") == Some(SELLER) {
        SELLER
    } else {
        BUYER
    };
    let fields = Fields {
        next,
        role: role.to_owned(),
        ..Fields::default()
    };
    Ok(show(&page, &fields, &Errors::none(), StatusCode::OK))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let fields = form.fields;
    let command = match read(&page, &fields) {
        Ok(command) => command,
        Err(errors) => return Ok(refused(&page, &fields, &errors)),
    };
    let actor = page.actor();
    let services = &page.web.services;
    let started = services.start_sign_up(&actor, &page.client, command);
    match started.await {
        Ok(ticket) => {
            let secure = page.web.is_secure();
            let life_s = CODE_LIFE.ms() / 1_000;
            let cookie = Secret::SignUp.set(&ticket.to_string(), life_s, secure);
            let verify = page.see_other(&with_next(&page, "/auth/verify", &fields.next));
            Ok(([(header::SET_COOKIE, cookie)], verify).into_response())
        }
        Err(StartSignUpError::Password(rejection)) => {
            let mut errors = Errors::none();
            errors.add("password", refusals::password(page.t(), rejection));
            Ok(refused(&page, &fields, &errors))
        }
        Err(StartSignUpError::Throttled(throttled)) => {
            let errors = Errors::whole(refusals::throttled(&page, throttled.until));
            let shown = show(&page, &fields, &errors, StatusCode::TOO_MANY_REQUESTS);
            Ok(retry_after(&page, throttled.until, shown))
        }
        Err(StartSignUpError::Failed(failure)) => Err(failure.into()),
    }
}

fn read(page: &Page, fields: &Fields) -> Result<StartSignUp, Errors> {
    let t = page.t();
    let mut errors = Errors::none();
    let email = errors.take("email", refusals::read_email(t, &fields.email));
    let password = Password::typed(&fields.password);
    // Judged here too, so that all that is wrong is said at once.
    let judged = password.clone().choose(&personal_words(fields));
    errors.take(
        "password",
        judged.map_err(|error| refusals::password(t, error)),
    );
    let first_name = errors.take("first_name", refusals::read_name(t, &fields.first_name));
    let last_name = errors.take("last_name", refusals::read_name(t, &fields.last_name));
    match (email, first_name, last_name) {
        (Some(email), Some(first_name), Some(last_name)) if errors.is_empty() => Ok(StartSignUp {
            email,
            password,
            first_name,
            last_name,
            wants_to_sell: fields.role == SELLER,
        }),
        _ => Err(errors),
    }
}

fn personal_words(fields: &Fields) -> [&str; 3] {
    [
        fields.email.trim(),
        fields.first_name.trim(),
        fields.last_name.trim(),
    ]
}

fn refused(page: &Page, fields: &Fields, errors: &Errors) -> Response {
    show(page, fields, errors, StatusCode::UNPROCESSABLE_ENTITY)
}

fn show(page: &Page, fields: &Fields, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let roles = vec![
        Choice::new(BUYER, t.auth_role_buyer()).detail(t.auth_role_buyer_detail()),
        Choice::new(SELLER, t.auth_role_seller()).detail(t.auth_role_seller_detail()),
    ];
    let sign_in = with_next(page, "/auth/sign-in", &fields.next);
    let fields = fields.clone();
    let html = page.html(t.auth_sign_up()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <h1>{t.auth_sign_up()}</h1>
                <PostForm class="stack">
                    <input type="hidden" name="next" value=fields.next.clone()/>
                    <Field
                        name="email"
                        label=t.auth_email()
                        hint=t.auth_email_hint()
                        value=fields.email.clone()
                        kind="email"
                        autocomplete="email"
                        dir="ltr"
                        maxlength=254
                    />
                    <PasswordField
                        name="password"
                        label=t.auth_password()
                        hint=t.auth_password_hint(refusals::counted(Password::MIN))
                        autocomplete="new-password"
                    />
                    <Field
                        name="first_name"
                        label=t.auth_first_name()
                        hint=t.auth_name_hint()
                        value=fields.first_name.clone()
                        autocomplete="given-name"
                        maxlength=60
                        optional=true
                    />
                    <Field
                        name="last_name"
                        label=t.auth_last_name()
                        value=fields.last_name.clone()
                        autocomplete="family-name"
                        maxlength=60
                        optional=true
                    />
                    <RadioCards
                        name="role"
                        legend=t.auth_role()
                        choices=roles
                        chosen=fields.role.clone()
                    />
                    <p><Button>{t.auth_send_code()}</Button></p>
                </PostForm>
                <p>
                    <a href=sign_in>{t.auth_have_account()}</a>
                </p>
            </div>
        }
    })
}
