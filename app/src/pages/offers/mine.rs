//! `/offers`: one's own offers.

use axum::response::Response;
use leptos::prelude::*;
use services::offers::{OfferStanding, OfferSummary, Offered};
use services::paging::{Limit, Page as ListPage};

use super::words as offer_words;
use crate::components::{Button, Chip, Empty, Pagination, Tab, Tabs, Tone};
use crate::list_place::ListPlace;
use crate::page::{Page, PageResult};
use crate::pages::requests::request_path::request_path;
use crate::pages::requests::words;

const SHOWN: Limit = Limit::new(20);
const PATH: &str = "/offers";
const ALL: &str = "/offers?which=all";

pub(crate) async fn get(page: Page) -> PageResult {
    let only_live = page.query("which") != Some("all");
    let place = ListPlace::of(&page);
    let own = page
        .services()
        .list_own_offers(&page.actor(), only_live, place.request(SHOWN))
        .await?;
    Ok(show(&page, only_live, &place, own))
}

fn show(page: &Page, only_live: bool, place: &ListPlace, own: ListPage<Offered>) -> Response {
    let t = page.t();
    let base = if only_live { PATH } else { ALL };
    let older = place.older(base, own.next);
    let newer = place.newer(base);
    let tabs = vec![
        Tab::new(PATH, t.offer_mine_live(), only_live),
        Tab::new(ALL, t.offer_mine_all(), !only_live),
    ];
    page.html(t.offer_mine_title()).render(move || {
        let is_empty = own.items.is_empty();
        let cards: Vec<_> = own
            .items
            .into_iter()
            .map(|offered| view! { <OwnOffers offered only_live/> })
            .collect();
        view! {
            <div class="stack">
                <h1>{t.offer_mine_title()}</h1>
                <Tabs label=t.offer_mine_which() groups=vec![tabs]/>
                {is_empty.then(|| view! {
                    <Empty title=t.offer_mine_empty() text=t.offer_mine_empty_text()>
                        <Button href="/feed">{t.offer_to_feed()}</Button>
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

/// One request with what was offered on it.
#[component]
fn OwnOffers(offered: Offered, only_live: bool) -> impl IntoView {
    let request = offered.request;
    let title = request
        .title
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let href = request_path(request.id, &title);
    let is_live = |offer: &OfferSummary| !matches!(offer.standing, OfferStanding::Ended { .. });
    let lines: Vec<_> = offered
        .offers
        .into_iter()
        .filter(|offer| !only_live || is_live(offer))
        .map(|offer| view! { <Line offer/> })
        .collect();
    view! {
        <li class="card stack">
            <h2><a href=href dir="auto">{title}</a></h2>
            <ul class="stack tight">{lines}</ul>
        </li>
    }
}

#[component]
fn Line(offer: OfferSummary) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let (word, tone, icon) = offer_words::standing(t, offer.standing);
    let price = words::price(offer.price);
    let within = t.offer_delivered_within(words::delivery(t, offer.delivery));
    let made = t.offer_made(page.when.from_now(offer.made_at, page.services().now()));
    let is_pending = offer.standing == OfferStanding::Pending;
    let look = (is_pending && offer.is_outdated).then(|| t.offer_needs_look());
    let wish = (is_pending && offer.is_countered).then(|| t.offer_has_wish());
    let needs = [look, wish].into_iter().flatten();
    let needs: Vec<_> = needs
        .map(|text| view! { <Chip tone=Tone::Care icon="alert" text=text/> })
        .collect();
    view! {
        <li class="stack tight">
            <p class="cluster">
                <strong><bdi class="money" dir="ltr">{price}</bdi></strong>
                <span>{within}</span>
                <Chip tone icon text=word/>
                {needs}
            </p>
            <p class="small-text muted">{made}</p>
        </li>
    }
}
