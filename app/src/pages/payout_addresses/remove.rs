//! `/payouts/address/{id}/remove`: taking an address out of use.

use axum::extract::Path;
use axum::response::Response;
use domain::id::PayoutAddressId;
use domain::user::{PayoutAddress, UserRejection};
use leptos::prelude::*;
use services::people::ChangeUserError;

use super::rejected;
use crate::components::{Address, Button, Confirm, Look, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Fields {}

pub(crate) async fn get(page: Page, Path(id): Path<String>) -> PageResult {
    let address = listed(&page, &id).await?;
    Ok(show(&page, &address, &Errors::none()))
}

pub(crate) async fn post(
    page: Page,
    Path(id): Path<String>,
    _form: Submission<Fields>,
) -> PageResult {
    let address = listed(&page, &id).await?;
    let services = &page.web.services;
    match services
        .remove_payout_address(&page.actor(), address.id)
        .await
    {
        Ok(_) => Ok(page.see_other("/payouts/address?done=address_removed")),
        Err(ChangeUserError::Rejected(UserRejection::NoSuchAddress)) => Err(Failure::NotFound),
        Err(ChangeUserError::Rejected(rejection)) => {
            let errors = Errors::whole(rejected(&page, rejection));
            Ok(show(&page, &address, &errors))
        }
        Err(ChangeUserError::Failed(failure)) => Err(failure.into()),
    }
}

async fn listed(page: &Page, id: &str) -> Result<PayoutAddress, Failure> {
    let id: PayoutAddressId = id.parse().map_err(|_| Failure::NotFound)?;
    let user = page.web.services.read_account(&page.actor()).await?;
    user.address(id).cloned().ok_or(Failure::NotFound)
}

fn show(page: &Page, address: &PayoutAddress, errors: &Errors) -> Response {
    let t = page.t();
    page.html(t.address_remove()).errors(errors).render(|| {
        view! {
            <div class="stack narrow">
                <p><a href="/payouts/address">{t.address_title()}</a></p>
                <h1>{t.address_remove()}</h1>
                <p class="card stack">
                    <strong>{address.network.name()}</strong>
                    <Address address=address.address.clone()/>
                </p>
                <Confirm warning=t.address_remove_warning()>
                    <p>{t.address_remove_text()}</p>
                    <PostForm class="cluster">
                        <Button look=Look::Danger>{t.address_remove()}</Button>
                        <Button look=Look::Quiet href="/payouts/address">{t.address_keep()}</Button>
                    </PostForm>
                </Confirm>
            </div>
        }
    })
}
