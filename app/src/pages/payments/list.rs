//! The list of one's payments, newest deal first.

use axum::response::Response;
use domain::User;
use leptos::prelude::*;
use services::paging::{Limit, Page as ListPage};
use services::payments::Payment;

use super::words::{direction, state};
use crate::components::{Button, Empty, Moment, Money, Pagination};
use crate::list_place::ListPlace;
use crate::page::{Page, PageResult};

/// So many deals are on a page; what moved in one of them stands together.
const SHOWN: Limit = Limit::new(20);
const PATH: &str = "/payments";

pub(crate) async fn get(page: Page) -> PageResult {
    let user = page.user()?.clone();
    let place = ListPlace::of(&page);
    let payments = page
        .services()
        .list_payments(&page.actor(), place.request(SHOWN))
        .await?;
    Ok(show(&page, &user, &place, payments))
}

fn show(page: &Page, user: &User, place: &ListPlace, payments: ListPage<Vec<Payment>>) -> Response {
    let t = page.t();
    let older = place.older(PATH, payments.next);
    let newer = place.newer(PATH);
    page.html(t.payment_title()).render(|| {
        let cards: Vec<_> = payments
            .items
            .iter()
            .flatten()
            .map(|payment| card(page, user, payment))
            .collect();
        let list = if cards.is_empty() {
            view! {
                <Empty title=t.payment_none() text=t.payment_none_text()>
                    <Button href="/deals">{t.dashboard_way_deals()}</Button>
                </Empty>
            }
            .into_any()
        } else {
            view! { <ul class="plain stack">{cards}</ul> }.into_any()
        };
        view! {
            <div class="stack prose">
                <h1>{t.payment_title()}</h1>
                <p class="lede">{t.payment_lede()}" "<a href="/payouts">{t.payment_to_payouts()}</a></p>
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

fn card(page: &Page, user: &User, payment: &Payment) -> impl IntoView + use<> {
    let t = page.t();
    let state = state(page, user, payment);
    let href = format!("{PATH}/{}", payment.id);
    let (title, at) = (payment.title.clone(), payment.at);
    view! {
        <li class="card stack tight">
            <p class="cluster apart">
                {state.chip()}
                <Money units=payment.units asset=payment.asset/>
            </p>
            <h2 class="card-title">
                <a href=href>{direction(t, payment.direction)}": "<bdi>{title}</bdi></a>
            </h2>
            <p class="muted">{payment.asset.network().name()}" · "<Moment at/></p>
        </li>
    }
}
