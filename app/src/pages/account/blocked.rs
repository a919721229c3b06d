//! `/account/blocked`: people whom one wants nothing to do with.

use axum::response::Response;
use domain::id::UserId;
use domain::user::UserRejection;
use leptos::prelude::*;
use serde::Deserialize;
use services::people::{BlockedPerson, ChangeUserError};

use crate::components::{Button, Empty, Look, PostForm};
use crate::form::{Errors, Submission};
use crate::page::{Failure, Page, PageResult};

const BLOCK: &str = "block";

/// Whom, and which button was pressed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    person: String,
    press: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let blocked = page.services().list_blocked(&page.actor()).await?;
    Ok(show(&page, blocked, &Errors::none()))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let person: UserId = form.fields.person.parse().map_err(|_| Failure::NotFound)?;
    if form.fields.press == BLOCK {
        block(&page, person).await?;
    } else {
        let services = page.services();
        let freed = services.unblock_person(&page.actor(), person).await;
        freed.map_err(refused)?;
    }
    Ok(page.see_other("/account/blocked?done=saved"))
}

/// Blocks somebody.
pub(in crate::pages) async fn block(page: &Page, person: UserId) -> Result<(), Failure> {
    let services = page.services();
    match services.block_person(&page.actor(), person).await {
        Ok(()) => Ok(()),
        Err(error) => Err(refused(error)),
    }
}

fn refused(error: ChangeUserError) -> Failure {
    match error {
        ChangeUserError::Failed(failure) => failure.into(),
        // Nobody there, or oneself.
        ChangeUserError::Rejected(UserRejection::Deleted | UserRejection::OwnAccount) => {
            Failure::NotFound
        }
        ChangeUserError::Rejected(_) => Failure::Forbidden,
    }
}

fn show(page: &Page, blocked: Vec<BlockedPerson>, errors: &Errors) -> Response {
    let t = page.t();
    let html = page.html(t.blocked_title()).errors(errors);
    html.render(|| {
        let is_empty = blocked.is_empty();
        let items: Vec<_> = blocked
            .into_iter()
            .map(|person| view! { <Item person/> })
            .collect();
        view! {
            <div class="stack prose">
                <p><a href="/account">{t.account_title()}</a></p>
                <h1>{t.blocked_title()}</h1>
                <p class="lede">{t.blocked_text()}</p>
                {if is_empty {
                    view! { <Empty title=t.blocked_none() text=t.blocked_none_text()/> }.into_any()
                } else {
                    view! { <ul class="plain stack">{items}</ul> }.into_any()
                }}
            </div>
        }
    })
}

#[component]
fn Item(person: BlockedPerson) -> impl IntoView {
    let t = Page::current().t();
    let name = person.name.unwrap_or_else(|| t.blocked_gone().to_owned());
    let again = name.clone();
    view! {
        <li class="card cluster apart">
            <bdi>{name}</bdi>
            <PostForm>
                <input type="hidden" name="person" value=person.id.to_string()/>
                <Button look=Look::Quiet name="press" value="unblock">
                    {t.blocked_unblock()}<span class="visually-hidden">": "{again}</span>
                </Button>
            </PostForm>
        </li>
    }
}
