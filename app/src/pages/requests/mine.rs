//! `/requests/mine`: one's own requests.

use axum::response::Response;
use leptos::prelude::*;
use services::paging::{Limit, Page as ListPage};
use services::requests::{OwnGroup, RequestSummary};

use super::request_path::request_path;
use super::words;
use crate::components::{Button, Chip, Empty, Pagination, Tab, Tabs};
use crate::i18n::Locale;
use crate::list_place::ListPlace;
use crate::page::{Page, PageResult};

const SHOWN: Limit = Limit::new(20);
const PATH: &str = "/requests/mine";

pub(crate) async fn get(page: Page) -> PageResult {
    let group = page.query("group").and_then(OwnGroup::from_code);
    let place = ListPlace::of(&page);
    let own = page
        .services()
        .list_own_requests(&page.actor(), group, place.request(SHOWN))
        .await?;
    Ok(show(&page, group, &place, own))
}

fn show(
    page: &Page,
    group: Option<OwnGroup>,
    place: &ListPlace,
    own: ListPage<RequestSummary>,
) -> Response {
    let t = page.t();
    let base = address(group);
    let older = place.older(&base, own.next);
    let newer = place.newer(&base);
    let is_empty = own.items.is_empty();
    let cards: Vec<RequestSummary> = own.items;
    page.html(t.requests_mine_title()).render(move || {
        let cards: Vec<_> = cards
            .into_iter()
            .map(|request| view! { <OwnCard request/> })
            .collect();
        view! {
            <div class="stack">
                <div class="cluster apart">
                    <h1>{t.requests_mine_title()}</h1>
                    {(!is_empty).then(|| view! {
                        <Button href="/requests/new/what">{t.requests_post()}</Button>
                    })}
                </div>
                <Groups chosen=group/>
                {is_empty.then(|| view! {
                    <Empty title=t.requests_mine_empty() text=t.requests_mine_empty_text()>
                        <Button href="/requests/new/what">{t.requests_post()}</Button>
                    </Empty>
                })}
                <ul class="stack request-list">{cards}</ul>
                <Pagination
                    previous=newer
                    next=older
                    previous_label=t.requests_newer()
                    next_label=t.requests_older()
                />
            </div>
        }
    })
}

fn address(group: Option<OwnGroup>) -> String {
    match group {
        Some(group) => format!("{PATH}?group={}", group.code()),
        None => PATH.to_owned(),
    }
}

const fn group_name(t: Locale, group: Option<OwnGroup>) -> &'static str {
    match group {
        None => t.requests_mine_all(),
        Some(OwnGroup::Unpublished) => t.requests_mine_unpublished(),
        Some(OwnGroup::Open) => t.requests_mine_open(),
        Some(OwnGroup::InDeal) => t.requests_mine_in_deal(),
        Some(OwnGroup::Over) => t.requests_mine_over(),
    }
}

/// Links to the parts of the list.
#[component]
fn Groups(chosen: Option<OwnGroup>) -> impl IntoView {
    let t = Page::current().t();
    let groups = core::iter::once(None).chain(OwnGroup::ALL.map(Some));
    let tabs = groups
        .map(|group| Tab::new(address(group), group_name(t, group), group == chosen))
        .collect();
    view! { <Tabs label=t.requests_mine_groups() groups=vec![tabs]/> }
}

#[component]
fn OwnCard(request: RequestSummary) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let (tone, icon) = words::status_look(request.status);
    let status = words::status(t, request.status);
    let title = request
        .title
        .as_ref()
        .map_or_else(|| t.requests_untitled().to_owned(), ToString::to_string);
    let is_draft = request.published_at.is_none();
    let href = if is_draft {
        format!("/requests/new/check?draft={}", request.id)
    } else {
        request_path(request.id, &title)
    };
    let changed = page
        .when
        .from_now(request.updated_at, page.services().now());
    let offers = (request.offers > 0).then(|| {
        let offers = t.requests_offers(u64::from(request.offers));
        let href = format!("/requests/{}/offers", request.id);
        view! { <a href=href>{offers}</a> }
    });
    let deal = request.deal.map(|deal| {
        view! { <a href=format!("/deals/{deal}")>{t.requests_to_deal()}</a> }
    });
    view! {
        <li class="card stack">
            <h2><a href=href dir="auto">{title}</a></h2>
            <p class="cluster"><Chip tone icon text=status/>{offers}{deal}</p>
            <p class="small-text muted">{t.requests_changed(changed)}</p>
        </li>
    }
}
