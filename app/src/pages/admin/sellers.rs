//! `/admin/sellers`: applications to sell, longest waiting first.

use domain::id::UserId;
use domain::user::UserRejection;
use leptos::prelude::*;
use serde::Deserialize;
use services::paging::Limit;
use services::people::{ChangeUserError, SellerApplication};

use crate::components::{Button, Empty, Look, Moment, Pagination, PostForm};
use crate::form::Submission;
use crate::list_place::ListPlace;
use crate::page::{Failure, Page, PageResult};

const PER_PAGE: u32 = 20;
const PATH: &str = "/admin/sellers";
const APPROVE: &str = "approve";
const REJECT: &str = "reject";

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    user: String,
    decision: String,
}

pub(crate) async fn get(page: Page) -> PageResult {
    let t = page.t();
    let place = ListPlace::of(&page);
    let request = place.request(Limit::new(PER_PAGE));
    let services = &page.web.services;
    let waiting = services
        .list_seller_applications(&page.actor(), request)
        .await?;
    let next = place.older(PATH, waiting.next);
    let previous = place.newer(PATH);
    let is_empty = waiting.items.is_empty();
    Ok(page.html(t.sellers_title()).render(|| {
        let items: Vec<_> = waiting
            .items
            .into_iter()
            .map(|one| item(&page, one))
            .collect();
        view! {
            <div class="stack prose">
                <h1>{t.sellers_title()}</h1>
                <p class="lede">{t.sellers_lede()}</p>
                {if is_empty {
                    view! { <Empty title=t.sellers_none() text=t.sellers_none_text()/> }.into_any()
                } else {
                    view! { <ul class="plain stack">{items}</ul> }.into_any()
                }}
                <Pagination previous=previous next=next/>
            </div>
        }
    }))
}

pub(crate) async fn post(page: Page, form: Submission<Fields>) -> PageResult {
    let id: UserId = form.fields.user.parse().map_err(|_| Failure::NotFound)?;
    let approve = match form.fields.decision.as_str() {
        APPROVE => true,
        REJECT => false,
        _ => return Err(Failure::NotFound),
    };
    let services = &page.web.services;
    match services.decide_seller(&page.actor(), id, approve).await {
        Ok(_) => Ok(page.see_other("/admin/sellers?done=decided")),
        // Another admin was faster: the list says what still waits.
        Err(ChangeUserError::Rejected(UserRejection::NoApplication)) => Ok(page.see_other(PATH)),
        Err(ChangeUserError::Rejected(_)) => Err(Failure::NotFound),
        Err(ChangeUserError::Failed(failure)) => Err(failure.into()),
    }
}

fn item(page: &Page, one: SellerApplication) -> impl IntoView + use<> {
    let t = page.t();
    let (name, name_again) = (one.name.clone(), one.name.clone());
    view! {
        <li class="card stack">
            <p>
                <strong><bdi>{one.name}</bdi></strong>
                " "
                <bdi dir="ltr" class="muted break">{one.email}</bdi>
            </p>
            <p class="muted">{t.sellers_since()}" "<Moment at=one.member_since/></p>
            <PostForm action=PATH class="cluster">
                <input type="hidden" name="user" value=one.user.to_string()/>
                <Button look=Look::Quiet name="decision" value=APPROVE>
                    {t.sellers_approve()}
                    <span class="visually-hidden">": "{name}</span>
                </Button>
                <Button look=Look::Danger name="decision" value=REJECT>
                    {t.sellers_reject()}
                    <span class="visually-hidden">": "{name_again}</span>
                </Button>
            </PostForm>
        </li>
    }
}
