//! `/auth/verify`: the mailed code that opens the account.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use domain::challenge::CODE_LIFE;
use leptos::prelude::*;
use serde::Deserialize;
use services::identity::{ResendError, SignUpTicket, VerifySignUp, VerifySignUpError};

use super::{destination, next_in_query, refusals, retry_after, with_next};
use crate::components::{Button, CodeField, Look, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Page, PageResult};
use browser::cookies::Secret;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    code: String,
    next: String,
}

pub(crate) async fn get(page: Page, headers: HeaderMap) -> PageResult {
    let next = next_in_query(&page);
    if page.viewer.is_some() {
        return Ok(page.see_other(destination(&next)));
    }
    match waiting(&page, &headers).await? {
        Some((_, address)) => {
            let status = StatusCode::OK;
            Ok(show(&page, &address, &next, &Errors::none(), status))
        }
        None => Ok(over(&page, &next)),
    }
}

pub(crate) async fn post(page: Page, headers: HeaderMap, form: Submission<Fields>) -> PageResult {
    let t = page.t();
    let next = form.fields.next;
    let Some((ticket, address)) = waiting(&page, &headers).await? else {
        return Ok(over(&page, &next));
    };
    let refused = |message: String| {
        let mut errors = Errors::none();
        errors.add("code", message);
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(show(&page, &address, &next, &errors, status))
    };
    let code = match refusals::read_code(t, &form.fields.code) {
        Ok(code) => code,
        Err(message) => return refused(message.to_owned()),
    };
    let command = VerifySignUp { ticket, code };
    let actor = page.actor();
    let services = &page.web.services;
    let verified = services.verify_sign_up(&actor, &page.client, command);
    match verified.await {
        Ok(signed_in) => {
            let mut response = page.signed_in(&signed_in, destination(&next));
            let forget = Secret::SignUp.set("", 0, page.web.is_secure());
            response.headers_mut().append(header::SET_COOKIE, forget);
            Ok(response)
        }
        Err(VerifySignUpError::WrongCode { left }) => refused(refusals::wrong_code(t, left)),
        Err(VerifySignUpError::CodeSpent) => refused(t.auth_code_spent().to_owned()),
        Err(VerifySignUpError::NoSignUp) => Ok(over(&page, &next)),
        Err(VerifySignUpError::AddressTaken) => refused(t.auth_address_taken().to_owned()),
        Err(VerifySignUpError::Throttled(throttled)) => {
            let errors = Errors::whole(refusals::throttled(&page, throttled.until));
            let status = StatusCode::TOO_MANY_REQUESTS;
            let shown = show(&page, &address, &next, &errors, status);
            Ok(retry_after(&page, throttled.until, shown))
        }
        Err(VerifySignUpError::Failed(failure)) => Err(failure.into()),
    }
}

/// `/auth/verify/resend`: another code.
pub(crate) async fn resend(page: Page, headers: HeaderMap, form: Submission<Fields>) -> PageResult {
    let next = form.fields.next;
    let Some((ticket, address)) = waiting(&page, &headers).await? else {
        return Ok(over(&page, &next));
    };
    let actor = page.actor();
    let services = &page.web.services;
    let sent = services.resend_sign_up_code(&actor, &page.client, &ticket);
    match sent.await {
        Ok(()) => {
            let back = with_next(&page, "/auth/verify", &next);
            let mark = if back.contains('?') { '&' } else { '?' };
            let mut response = page.see_other(&format!("{back}{mark}done=code_sent"));
            // A new code lives as long as the first one did.
            let life_s = CODE_LIFE.ms() / 1_000;
            let kept = Secret::SignUp.set(&ticket.to_string(), life_s, page.web.is_secure());
            response.headers_mut().append(header::SET_COOKIE, kept);
            Ok(response)
        }
        Err(ResendError::NoSignUp) => Ok(over(&page, &next)),
        Err(ResendError::Throttled(throttled)) => {
            let errors = Errors::whole(refusals::throttled(&page, throttled.until));
            let status = StatusCode::TOO_MANY_REQUESTS;
            let shown = show(&page, &address, &next, &errors, status);
            Ok(retry_after(&page, throttled.until, shown))
        }
        Err(ResendError::Failed(failure)) => Err(failure.into()),
    }
}

/// This browser's sign-up and its mailbox, while it waits.
async fn waiting(
    page: &Page,
    headers: &HeaderMap,
) -> Result<Option<(SignUpTicket, String)>, crate::page::Failure> {
    let held = Secret::SignUp.find(headers, page.web.is_secure());
    let Some(ticket) = held.and_then(|text| text.parse::<SignUpTicket>().ok()) else {
        return Ok(None);
    };
    let address = page.web.services.sign_up_address(&ticket).await?;
    Ok(address.map(|address| (ticket, address)))
}

fn over(page: &Page, next: &str) -> Response {
    page.see_other(&with_next(page, "/auth/sign-up", next))
}

fn show(page: &Page, address: &str, next: &str, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let address = address.to_owned();
    let (next, next_again) = (next.to_owned(), next.to_owned());
    let sign_up = with_next(page, "/auth/sign-up", &next);
    let resend = page.public("/auth/verify/resend");
    let html = page.html(t.auth_verify()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <h1>{t.auth_verify()}</h1>
                <p>{t.auth_verify_text()}" "<bdi dir="ltr" class="break">{address}</bdi></p>
                <PostForm action=page.public("/auth/verify") class="stack">
                    <input type="hidden" name="next" value=next/>
                    <CodeField name="code" label=t.auth_code() hint=t.auth_code_hint()/>
                    <p><Button>{t.auth_open_account()}</Button></p>
                </PostForm>
                <p>{t.auth_no_mail()}</p>
                <PostForm action=resend class="cluster">
                    <input type="hidden" name="next" value=next_again/>
                    <Button look=Look::Quiet>{t.auth_resend()}</Button>
                    <a href=sign_up>{t.auth_other_address()}</a>
                </PostForm>
            </div>
        }
    })
}
