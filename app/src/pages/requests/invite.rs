//! `/requests/new/invite` and `/requests/{id}/invite`: the sellers whom a buyer names, in the wizard
//! and after the request was posted.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::id::UserId;
use domain::request::{Request, Stage};
use leptos::prelude::*;
use serde::Deserialize;
use services::paging::{Limit, Page as ListPage};
use services::requests::SellerCard;

use super::guest::known_guest;
use super::refusals;
use super::request_path::{read_id, request_path};
use super::wizard::{Progress, Step, require_draft};
use crate::components::{Banner, Button, Empty, Field, Look, Pagination, PostForm, Tone};
use crate::form::{Errors, Submission};
use crate::list_place::ListPlace;
use crate::next_path::query_value;
use crate::page::{Failure, Page, PageResult};
use crate::pages::offers::words::SellerRecord;

/// Sellers on one page.
const SHOWN: Limit = Limit::new(10);
const INVITE: &str = "invite";
const UNINVITE: &str = "uninvite";
const OPEN_TO_ALL: &str = "open";

/// Which seller, and which button was pressed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Fields {
    seller: String,
    press: String,
}

/// What is searched for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Search {
    name: String,
}

pub(crate) async fn get_draft(page: Page, headers: HeaderMap) -> PageResult {
    let request = require_draft(&page, &headers).await?;
    show(&page, &request, &Errors::none()).await
}

pub(crate) async fn post_draft(
    page: Page,
    headers: HeaderMap,
    form: Submission<Fields>,
) -> PageResult {
    let request = require_draft(&page, &headers).await?;
    change(&page, Some(&headers), request, &form.fields).await
}

pub(crate) async fn get(page: Page, Path(segment): Path<String>) -> PageResult {
    let request = own(&page, &segment).await?;
    show(&page, &request, &Errors::none()).await
}

pub(crate) async fn post(
    page: Page,
    Path(segment): Path<String>,
    form: Submission<Fields>,
) -> PageResult {
    let request = own(&page, &segment).await?;
    change(&page, None, request, &form.fields).await
}

async fn own(page: &Page, segment: &str) -> Result<Request, Failure> {
    page.user()?;
    let id = read_id(segment)?;
    Ok(page.services().read_draft(&page.actor(), None, id).await?)
}

async fn change(
    page: &Page,
    headers: Option<&HeaderMap>,
    request: Request,
    fields: &Fields,
) -> PageResult {
    let seller: UserId = fields.seller.parse().map_err(|_| Failure::NotFound)?;
    let guest = headers.and_then(|headers| known_guest(page, headers));
    let (services, actor, id) = (page.services(), page.actor(), request.id);
    let changed = if fields.press == INVITE {
        services
            .invite_seller(&actor, guest.as_ref(), id, seller)
            .await
    } else {
        let open_to_all = fields.press == OPEN_TO_ALL;
        services
            .uninvite_seller(&actor, guest.as_ref(), id, seller, open_to_all)
            .await
    };
    match changed {
        Ok(request) => {
            let here = here(&request);
            let mark = if here.contains('?') { '&' } else { '?' };
            Ok(page.see_other(&format!("{here}{mark}done=saved")))
        }
        Err(error) => {
            let mut errors = Errors::none();
            refusals::refuse(page.t(), &mut errors, error)?;
            show(page, &request, &errors).await
        }
    }
}

/// This page's own address.
fn here(request: &Request) -> String {
    if request.stage == Stage::Draft {
        Step::Invite.path(Some(request.id))
    } else {
        format!("/requests/{}/invite", request.id)
    }
}

async fn show(page: &Page, request: &Request, errors: &Errors) -> Result<Response, Failure> {
    let t = page.t();
    let services = page.services();
    let query = page.uri.query().unwrap_or_default();
    let search: Search = serde_html_form::from_str(query).unwrap_or_default();
    let place = ListPlace::of(page);
    let invited = services.list_invited(request).await?;
    let found = services
        .list_sellers(&page.actor(), &search.name, place.request(SHOWN))
        .await?;
    let draft = (request.stage == Stage::Draft).then_some(request.id);
    let title = request.draft().what.map(|what| what.title.to_string());
    let title = title.unwrap_or_default();
    let back = match draft {
        Some(_) => Step::Check.path(draft),
        None => request_path(request.id, &title),
    };
    let (saved_at, opens) = (request.updated_at, draft.is_none() && invited.len() == 1);
    let base = searched(&here(request), &search.name);
    let ways = (place.newer(&base), place.older(&base, found.next));
    let known: Vec<UserId> = request.invited().to_vec();
    let id = request.id;
    let html = page.html(t.invite_title()).errors(errors);
    Ok(html.render(move || {
        let (previous, next) = ways;
        view! {
            <div class="stack loose prose">
                {draft.map(|id| view! {
                    <Progress step=Step::Check draft=Some(id) saved_at=Some(saved_at)/>
                })}
                <div class="stack tight">
                    <h1>{t.invite_title()}</h1>
                    <p class="muted" dir="auto">{title}</p>
                </div>
                <Invited invited opens/>
                <section class="stack" aria-labelledby="find">
                    <h2 id="find">{t.invite_find()}</h2>
                    <form method="get" class="stack">
                        {draft.map(|_| view! { <input type="hidden" name="draft" value=id.to_string()/> })}
                        <Field name="name" label=t.invite_name() value=search.name optional=true/>
                        <p><Button look=Look::Quiet>{t.invite_search()}</Button></p>
                    </form>
                    <Found found known/>
                    <Pagination previous next/>
                </section>
                <p><Button href=back>{t.invite_done()}</Button></p>
            </div>
        }
    }))
}

/// The address of a search.
fn searched(here: &str, name: &str) -> String {
    if name.is_empty() {
        return here.to_owned();
    }
    let mark = if here.contains('?') { '&' } else { '?' };
    format!("{here}{mark}name={}", query_value(name))
}

/// Who is invited, each with the way to take that back.
#[component]
fn Invited(invited: Vec<SellerCard>, opens: bool) -> impl IntoView {
    let t = Page::current().t();
    if invited.is_empty() {
        return view! { <Banner>{t.invite_everybody()}</Banner> }.into_any();
    }
    let (press, label) = if opens {
        (OPEN_TO_ALL, t.invite_open())
    } else {
        (UNINVITE, t.invite_take_back())
    };
    let items: Vec<_> = invited
        .into_iter()
        .map(|seller| view! { <Seller seller press label/> })
        .collect();
    view! {
        <section class="stack" aria-labelledby="invited">
            <h2 id="invited">{t.invite_invited()}</h2>
            <p class="muted">{t.invite_only_they()}</p>
            {opens.then(|| view! { <Banner tone=Tone::Care>{t.invite_last()}</Banner> })}
            <ul class="plain stack">{items}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Found(found: ListPage<SellerCard>, known: Vec<UserId>) -> impl IntoView {
    let t = Page::current().t();
    if found.items.is_empty() {
        return view! { <Empty title=t.invite_nobody() text=t.invite_nobody_text()/> }.into_any();
    }
    let items: Vec<_> = found
        .items
        .into_iter()
        .filter(|seller| !known.contains(&seller.id))
        .map(|seller| view! { <Seller seller press=INVITE label=t.invite_button()/> })
        .collect();
    view! { <ul class="plain stack">{items}</ul> }.into_any()
}

/// A seller, and what can be done.
#[component]
fn Seller(seller: SellerCard, press: &'static str, label: &'static str) -> impl IntoView {
    let (id, name) = (seller.id.to_string(), seller.name.clone());
    view! {
        <li class="card cluster apart">
            <div><SellerRecord seller/></div>
            <PostForm>
                <input type="hidden" name="seller" value=id/>
                <Button look=Look::Quiet name="press" value=press>
                    {label}<span class="visually-hidden">": "{name}</span>
                </Button>
            </PostForm>
        </li>
    }
}
