//! `/feed`: what a seller can offer on.

use axum::response::Response;
use domain::category::Catalogue;
use leptos::prelude::*;
use services::paging::Limit;
use services::requests::{Feed, FeedEntry};

use super::browse::{FilterForm, Filters};
use super::card::RequestCard;
use crate::components::{Button, Chip, Empty, Look, Pagination, Tone};
use crate::list_place::ListPlace;
use crate::page::{Page, PageResult};

const SHOWN: Limit = Limit::new(20);
const PATH: &str = "/feed";

pub(crate) async fn get(page: Page) -> PageResult {
    let services = page.services();
    let filters = Filters::of(&page);
    let catalogue = services.catalogue().await?;
    let place = ListPlace::of(&page);
    let browse = filters.browse(&catalogue);
    let feed = services
        .read_feed(&page.actor(), &browse, place.request(SHOWN))
        .await?;
    Ok(show(&page, filters, catalogue, &place, feed))
}

fn show(
    page: &Page,
    filters: Filters,
    catalogue: Catalogue,
    place: &ListPlace,
    feed: Feed,
) -> Response {
    let t = page.t();
    let base = filters.address(PATH);
    let older = place.older(&base, feed.open.next);
    let newer = place.newer(&base);
    let quota = match feed.open_offers_max {
        Some(max) => t.feed_quota(t.number(feed.open_offers), t.number(u64::from(max))),
        None => t.feed_used(feed.open_offers),
    };
    page.html(t.feed_title()).render(move || {
        let is_empty = feed.open.items.is_empty();
        let (title, text, href, action) = if filters.is_empty() {
            let (title, text) = (t.requests_none_title(), t.feed_none_text());
            (title, text, "/offers", t.offer_mine_title())
        } else {
            let (title, text) = (t.requests_empty_title(), t.requests_empty_text());
            (title, text, PATH, t.requests_clear())
        };
        view! {
            <div class="stack">
                <h1>{t.feed_title()}</h1>
                <p class="lede">{t.feed_lede()}</p>
                <p class="cluster"><span>{quota}</span><a href="/offers">{t.offer_mine_title()}</a></p>
                <Entries id="invitations" heading=t.feed_invitations() entries=feed.invitations/>
                <div class="browse">
                    <FilterForm path=PATH.to_owned() filters catalogue/>
                    <div class="stack">
                        {is_empty.then(|| view! {
                            <Empty title text>
                                <Button look=Look::Quiet href=href>{action}</Button>
                            </Empty>
                        })}
                        <Entries id="open" heading=t.feed_open() entries=feed.open.items/>
                        <Pagination
                            previous=newer
                            next=older
                            previous_label=t.requests_newer()
                            next_label=t.requests_older()
                        />
                    </div>
                </div>
            </div>
        }
    })
}

/// Requests under a heading, with what the seller has to do with each.
#[component]
fn Entries(id: &'static str, heading: &'static str, entries: Vec<FeedEntry>) -> impl IntoView {
    let t = Page::current().t();
    let is_empty = entries.is_empty();
    let cards: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            let mark = match (entry.is_own, entry.has_offer) {
                (true, _) => Some(t.feed_own()),
                (false, true) => Some(t.feed_offered()),
                (false, false) => None,
            };
            match mark {
                Some(mark) => view! {
                    <RequestCard card=entry.card><Chip tone=Tone::Info icon="offer" text=mark/></RequestCard>
                }
                .into_any(),
                None => view! { <RequestCard card=entry.card/> }.into_any(),
            }
        })
        .collect();
    (!is_empty).then(|| {
        view! {
            <section class="stack" aria-labelledby=id>
                <h2 class="visually-hidden" id=id>{heading}</h2>
                <ul class="stack request-list">{cards}</ul>
            </section>
        }
    })
}
