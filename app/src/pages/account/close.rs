//! `/account/close`: the end of an account.

use axum::http::StatusCode;
use axum::response::Response;
use domain::id::DealId;
use domain::password::Password;
use domain::user::UserRejection;
use leptos::prelude::*;
use serde::Deserialize;
use services::people::{CloseAccountError, ClosingStanding};

use crate::components::{
    Button, Checkbox, Confirm, Look, Password as PasswordField, PostForm, money_text,
};
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
    let standing = page.services().closing_standing(&page.actor()).await?;
    Ok(show(&page, standing, &Errors::none(), StatusCode::OK))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let t = page.t();
    let mut errors = Errors::none();
    if form.fields.sure != "on" {
        errors.add("sure", t.account_close_tick());
        return again(&page, &errors, StatusCode::UNPROCESSABLE_ENTITY).await;
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
    again(&page, &errors, status).await
}

async fn again(page: &Page, errors: &Errors, status: StatusCode) -> PageResult {
    let standing = page.services().closing_standing(&page.actor()).await?;
    Ok(show(page, standing, errors, status))
}

/// What keeps the account open, and what would be left behind, deal by deal.
#[component]
fn Money(standing: ClosingStanding) -> impl IntoView {
    let t = Page::current().t();
    let link = |deal: DealId, title: String| {
        view! { <a href=format!("/deals/{deal}") dir="auto">{title}</a> }
    };
    let in_play: Vec<_> = standing
        .in_play
        .into_iter()
        .map(|(deal, title)| view! { <li>{link(deal, title)}</li> })
        .collect();
    let unclaimed: Vec<_> = standing
        .unclaimed
        .into_iter()
        .map(|one| {
            let amount = money_text(one.amount, one.asset);
            view! { <li><bdi class="money" dir="ltr">{amount}</bdi>" · "{link(one.deal, one.title)}</li> }
        })
        .collect();
    view! {
        {(!in_play.is_empty()).then(|| view! {
            <section class="stack tight" aria-labelledby="in-play">
                <h2 id="in-play">{t.account_close_in_play()}</h2>
                <p>{t.account_close_in_play_text()}</p>
                <ul>{in_play}</ul>
            </section>
        })}
        {(!unclaimed.is_empty()).then(|| view! {
            <section class="stack tight" aria-labelledby="unclaimed">
                <h2 id="unclaimed">{t.account_close_unclaimed()}</h2>
                <p>{t.account_close_unclaimed_text()}</p>
                <ul>{unclaimed}</ul>
            </section>
        })}
    }
}

fn show(page: &Page, standing: ClosingStanding, errors: &Errors, status: StatusCode) -> Response {
    let t = page.t();
    let html = page.html(t.account_close()).errors(errors).status(status);
    html.render(|| {
        view! {
            <div class="stack narrow">
                <p><a href="/account/security">{t.account_security()}</a></p>
                <h1>{t.account_close()}</h1>
                <p>{t.account_close_text()}</p>
                <p><a href="/account/data">{t.data_title()}</a></p>
                <Money standing/>
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
