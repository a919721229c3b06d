//! `/payouts/address/{id}/confirm`: the mailed code of an address.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use domain::id::PayoutAddressId;
use domain::user::PayoutAddress;
use leptos::prelude::*;
use serde::Deserialize;
use services::payout_addresses::{ConfirmAddress, ConfirmAddressError, ResendAddressCodeError};

use super::rejected;
use crate::components::{Address, Button, CodeField, Look, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};
use crate::pages::auth::refusals;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    code: String,
}

pub(crate) async fn get(page: Page, Path(id): Path<String>) -> PageResult {
    let address = unconfirmed(&page, &id).await?;
    Ok(show(&page, &address, &Errors::none(), StatusCode::OK))
}

pub(crate) async fn post(
    page: Page,
    Path(id): Path<String>,
    form: Submission<Fields>,
) -> PageResult {
    let address = unconfirmed(&page, &id).await?;
    let t = page.t();
    let refused = |message: String| {
        let mut errors = Errors::none();
        errors.add("code", message);
        show(&page, &address, &errors, StatusCode::UNPROCESSABLE_ENTITY)
    };
    let code = match refusals::read_code(t, &form.fields.code) {
        Ok(code) => code,
        Err(message) => return Ok(refused(message.to_owned())),
    };
    let command = ConfirmAddress {
        id: address.id,
        code,
    };
    let services = &page.web.services;
    match services
        .confirm_payout_address(&page.actor(), command)
        .await
    {
        Ok(_) => Ok(page.see_other("/payouts/address?done=address_confirmed")),
        Err(ConfirmAddressError::WrongCode { left }) => Ok(refused(refusals::wrong_code(t, left))),
        Err(ConfirmAddressError::CodeSpent) => Ok(refused(t.auth_code_spent().to_owned())),
        Err(ConfirmAddressError::Rejected(rejection)) => Ok(refused(rejected(&page, rejection))),
        Err(ConfirmAddressError::Failed(failure)) => Err(failure.into()),
    }
}

/// `/payouts/address/{id}/resend`: another code.
pub(crate) async fn resend(
    page: Page,
    Path(id): Path<String>,
    _form: Submission<Fields>,
) -> PageResult {
    let address = unconfirmed(&page, &id).await?;
    let services = &page.web.services;
    match services
        .resend_address_code(&page.actor(), address.id)
        .await
    {
        Ok(()) => {
            let path = format!("/payouts/address/{}/confirm?done=code_sent", address.id);
            Ok(page.see_other(&path))
        }
        Err(ResendAddressCodeError::NotFound) => Err(Failure::NotFound),
        Err(ResendAddressCodeError::Throttled(throttled)) => {
            let errors = Errors::whole(refusals::throttled(&page, throttled.until));
            Ok(show(
                &page,
                &address,
                &errors,
                StatusCode::TOO_MANY_REQUESTS,
            ))
        }
        Err(ResendAddressCodeError::Failed(failure)) => Err(failure.into()),
    }
}

/// The person's own address, while it waits for its code.
async fn unconfirmed(page: &Page, id: &str) -> Result<PayoutAddress, Failure> {
    let id: PayoutAddressId = id.parse().map_err(|_| Failure::NotFound)?;
    let user = page.web.services.read_account(&page.actor()).await?;
    let known = user.address(id).filter(|known| !known.is_confirmed());
    known.cloned().ok_or(Failure::NotFound)
}

fn show(page: &Page, address: &PayoutAddress, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let html = page.html(t.address_confirm()).errors(errors).status(status);
    let path = format!("/payouts/address/{}", address.id);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <p><a href="/payouts/address">{t.address_title()}</a></p>
                <h1>{t.address_confirm()}</h1>
                <p>{t.address_compare()}</p>
                <p class="card stack">
                    <strong>{address.network.name()}</strong>
                    <Address address=address.address.clone()/>
                </p>
                <PostForm action=format!("{path}/confirm") class="stack">
                    <CodeField name="code" label=t.auth_code() hint=t.address_code_hint()/>
                    <p><Button>{t.address_confirm_button()}</Button></p>
                </PostForm>
                <p>{t.auth_no_mail()}</p>
                <PostForm action=format!("{path}/resend") class="cluster">
                    <Button look=Look::Quiet>{t.auth_resend()}</Button>
                    <a href=format!("{path}/remove")>{t.address_not_mine()}</a>
                </PostForm>
            </div>
        }
    })
}
