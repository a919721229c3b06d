//! `/payouts/address/stop`: the link in the mail, for whoever did not add the address.

use axum::http::StatusCode;
use axum::response::Response;
use domain::user::PayoutAddress;
use leptos::prelude::*;
use serde::Deserialize;
use services::payout_addresses::{StopAddressError, StopTicket};

use super::rejected;
use crate::components::{Address, Banner, Button, Confirm, Look, PostForm, Tone};
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
    let ticket: StopTicket = ticket.ok_or(Failure::NotFound)?;
    let services = &page.web.services;
    match services.stoppable_address(&page.actor(), &ticket).await {
        Ok(address) => Ok(ask(&page, &ticket, &address)),
        Err(error) => refuse(&page, error),
    }
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let ticket: StopTicket = form.fields.ticket.parse().map_err(|_| Failure::NotFound)?;
    let services = &page.web.services;
    match services
        .stop_payout_address(&page.actor(), &page.client, &ticket)
        .await
    {
        Ok(()) => Ok(page.signed_out("/auth/reset?done=address_stopped")),
        Err(error) => refuse(&page, error),
    }
}

fn refuse(page: &Page, error: StopAddressError) -> PageResult {
    let (status, message) = match error {
        StopAddressError::Rejected(rejection) => (StatusCode::CONFLICT, rejected(page, rejection)),
        StopAddressError::Throttled(throttled) => {
            let message = refusals::throttled(page, throttled.until);
            (StatusCode::TOO_MANY_REQUESTS, message)
        }
        StopAddressError::Failed(failure) => return Err(failure.into()),
    };
    let t = page.t();
    Ok(page.html(t.address_stop()).status(status).render(|| {
        view! {
            <div class="stack narrow">
                <h1>{t.address_stop()}</h1>
                <Banner tone=Tone::Care>{message}</Banner>
                <p>{t.address_stop_else()}</p>
                <p class="cluster">
                    <Button href="/auth/reset">{t.auth_reset()}</Button>
                    <Button look=Look::Quiet href="/payouts/address">{t.address_title()}</Button>
                </p>
            </div>
        }
    }))
}

fn ask(page: &Page, ticket: &StopTicket, address: &PayoutAddress) -> Response {
    let t = page.t();
    let ticket = ticket.to_string();
    page.html(t.address_stop())
        .errors(&Errors::none())
        .render(|| {
            view! {
                <div class="stack narrow">
                    <h1>{t.address_stop()}</h1>
                    <p>{t.address_stop_text()}</p>
                    <p class="card stack">
                        <strong>{address.network.name()}</strong>
                        <Address address=address.address.clone()/>
                    </p>
                    <Confirm warning=t.address_stop_warning()>
                        <p>{t.address_stop_follows()}</p>
                        <PostForm action="/payouts/address/stop" class="cluster">
                            <input type="hidden" name="ticket" value=ticket/>
                            <Button look=Look::Danger>{t.address_stop_button()}</Button>
                            <Button look=Look::Quiet href="/">{t.address_it_was_me()}</Button>
                        </PostForm>
                    </Confirm>
                </div>
            }
        })
}
