//! `/payouts`: what is or was sent to the person, when, and to which address.

use axum::response::Response;
use domain::User;
use domain::deal::Destination;
use leptos::prelude::*;
use services::paging::{Limit, Page as ListPage};
use services::payments::Payment;
use services::payouts::OwnSmallPayouts;

use super::payments::words::{State, direction, state};
use super::payouts_together;
use crate::components::{Address, Banner, Button, Empty, Look, Moment, Money, Pagination, Tone};
use crate::list_place::ListPlace;
use crate::page::{Page, PageResult};

/// So many deals are on a page; the payouts of one of them stand together.
const SHOWN: Limit = Limit::new(20);
const PATH: &str = "/payouts";

pub(crate) async fn get(page: Page) -> PageResult {
    let user = page.user()?.clone();
    let place = ListPlace::of(&page);
    let payouts = page
        .services()
        .list_own_payouts(&page.actor(), place.request(SHOWN))
        .await?;
    let small = page.services().list_small_payouts(&page.actor()).await?;
    Ok(show(&page, &user, &place, payouts, &small))
}

fn show(
    page: &Page,
    user: &User,
    place: &ListPlace,
    payouts: ListPage<Vec<Payment>>,
    small: &OwnSmallPayouts,
) -> Response {
    let t = page.t();
    let older = place.older(PATH, payouts.next);
    let newer = place.newer(PATH);
    let blocked = user.payouts_blocked(page.services().now());
    let blocked = blocked.map(|until| t.account_payouts_blocked(page.when.moment(until)));
    page.html(t.payout_title()).render(|| {
        let list = if payouts.items.iter().all(Vec::is_empty) {
            empty(page, user).into_any()
        } else {
            let cards = cards(page, user, payouts);
            view! { <ul class="plain stack">{cards}</ul> }.into_any()
        };
        view! {
            <div class="stack prose">
                <h1>{t.payout_title()}</h1>
                <p class="lede">
                    {t.payout_lede()}" "<a href="/payouts/address">{t.payout_addresses()}</a>
                </p>
                {blocked.map(|text| view! { <Banner tone=Tone::Care>{text}</Banner> })}
                {payouts_together::section(page, small)}
                {list}
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

/// Who has no address yet is led there: money that is theirs would have to wait for it.
fn empty(page: &Page, user: &User) -> impl IntoView + use<> {
    let t = page.t();
    let has_address = user.listed().next().is_some();
    let (href, label) = if has_address {
        ("/deals", t.dashboard_way_deals())
    } else {
        ("/payouts/address/new", t.address_add())
    };
    view! {
        <Empty title=t.payout_none() text=t.payout_none_text()>
            <Button href=href>{label}</Button>
        </Empty>
    }
}

/// Those that wait for their payee have a way to mend it; the first of them is the next step.
fn cards(page: &Page, user: &User, payouts: ListPage<Vec<Payment>>) -> Vec<AnyView> {
    let mut has_primary = false;
    let mut cards = Vec::new();
    for payment in payouts.items.into_iter().flatten() {
        let state = state(page, user, &payment);
        let look = if state.is_to_mend() && !has_primary {
            has_primary = true;
            Look::Primary
        } else {
            Look::Quiet
        };
        cards.push(card(page, &payment, &state, look).into_any());
    }
    cards
}

fn card(page: &Page, payment: &Payment, state: &State, look: Look) -> impl IntoView + use<> {
    let t = page.t();
    let href = format!("/payments/{}", payment.id);
    let (title, at) = (payment.title.clone(), payment.at);
    let address = payment.destination.as_ref().map(Destination::as_str);
    let address = address.map(|address| {
        view! { <p>{t.payout_to()}" "<Address address short=true/></p> }
    });
    let button = state.button(look, &title);
    view! {
        <li class="card stack tight">
            <p class="cluster apart">
                {state.chip()}
                <Money units=payment.units asset=payment.asset/>
            </p>
            <h2 class="card-title">
                <a href=href>{direction(t, payment.direction)}": "<bdi>{title}</bdi></a>
            </h2>
            {state.text()}
            {address}
            <p class="muted small-text">
                {payment.asset.network().name()}" · "{t.payment_planned_at()}" "<Moment at/>
            </p>
            {button}
        </li>
    }
}
