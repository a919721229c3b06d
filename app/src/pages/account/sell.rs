//! `/sell`: asking to sell.

use axum::response::Response;
use domain::SellerStatus;
use domain::user::UserRejection;
use leptos::prelude::*;
use services::people::ChangeUserError;

use super::overview::selling;
use crate::components::{Banner, Button, PostForm, Tone};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};

#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Fields {}

pub(crate) async fn get(page: Page) -> PageResult {
    show(&page, &Errors::none())
}

pub(crate) async fn post(page: Page, _form: Submission<Fields>) -> PageResult {
    match page.web.services.apply_to_sell(&page.actor()).await {
        Ok(_) => Ok(page.see_other("/sell?done=applied")),
        // Sent twice: the page says where the application stands.
        Err(ChangeUserError::Rejected(UserRejection::AlreadyApplied)) => {
            Ok(page.see_other("/sell"))
        }
        Err(ChangeUserError::Rejected(_)) => Err(Failure::Forbidden),
        Err(ChangeUserError::Failed(failure)) => Err(failure.into()),
    }
}

fn show(page: &Page, errors: &Errors) -> Result<Response, Failure> {
    let t = page.t();
    let status = page.user()?.seller_status;
    let may_ask = matches!(status, SellerStatus::None | SellerStatus::Rejected);
    let tone = match status {
        SellerStatus::Approved => Tone::Ok,
        SellerStatus::Rejected => Tone::Care,
        SellerStatus::None | SellerStatus::Pending => Tone::Info,
    };
    Ok(page.html(t.account_sell_title()).errors(errors).render(|| {
        view! {
            <div class="stack prose">
                <h1>{t.account_sell_title()}</h1>
                <Banner tone=tone>{selling(t, status)}</Banner>
                <p>{t.account_sell_text()}</p>
                <ul>
                    <li>{t.account_sell_address()}</li>
                    <li>{t.account_sell_offers()}</li>
                    <li>{t.account_sell_code()}</li>
                </ul>
                {may_ask.then(|| view! {
                    <PostForm><Button>{t.account_sell_ask()}</Button></PostForm>
                })}
                {(status == SellerStatus::Approved).then(|| view! {
                    <p><Button href="/feed">{t.account_sell_feed()}</Button></p>
                })}
            </div>
        }
    }))
}
