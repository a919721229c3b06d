//! `/account/email/stop`: the link in the mail, for whoever did not ask for another mailbox.

use axum::http::StatusCode;
use leptos::prelude::*;
use serde::Deserialize;
use services::identity::{ChangeEmailError, EmailStopTicket};

use crate::components::{Banner, Button, Confirm, Look, PostForm, Tone};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};
use crate::pages::auth::refusals;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    ticket: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let ticket = page.query("ticket").and_then(|text| text.parse().ok());
    let ticket: EmailStopTicket = ticket.ok_or(Failure::NotFound)?;
    let (t, ticket) = (page.t(), ticket.to_string());
    Ok(page
        .html(t.email_stop())
        .errors(&Errors::none())
        .render(|| {
            view! {
                <div class="stack narrow">
                    <h1>{t.email_stop()}</h1>
                    <p>{t.email_stop_text()}</p>
                    <Confirm warning=t.email_stop_warning()>
                        <PostForm action="/account/email/stop" class="cluster">
                            <input type="hidden" name="ticket" value=ticket/>
                            <Button look=Look::Danger>{t.email_stop_button()}</Button>
                            <Button look=Look::Quiet href="/">{t.address_it_was_me()}</Button>
                        </PostForm>
                    </Confirm>
                </div>
            }
        }))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let ticket: EmailStopTicket = form.fields.ticket.parse().map_err(|_| Failure::NotFound)?;
    let services = &page.web.services;
    let stopped = services
        .stop_email_change(&page.actor(), &page.client, &ticket)
        .await;
    let t = page.t();
    let (status, message) = match stopped {
        Ok(()) => return Ok(page.signed_out("/auth/reset?done=email_stopped")),
        Err(ChangeEmailError::Throttled(throttled)) => {
            let message = refusals::throttled(&page, throttled.until);
            (StatusCode::TOO_MANY_REQUESTS, message)
        }
        Err(ChangeEmailError::Failed(failure)) => return Err(failure.into()),
        Err(_) => (StatusCode::CONFLICT, t.email_stop_late().to_owned()),
    };
    Ok(page.html(t.email_stop()).status(status).render(|| {
        view! {
            <div class="stack narrow">
                <h1>{t.email_stop()}</h1>
                <Banner tone=Tone::Care>{message}</Banner>
                <p class="cluster">
                    <Button href="/auth/reset">{t.auth_reset()}</Button>
                    <Button look=Look::Quiet href="/contact">{t.contact_title()}</Button>
                </p>
            </div>
        }
    }))
}
