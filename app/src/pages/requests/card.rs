//! A request in a list.

use leptos::either::Either;
use leptos::prelude::*;
use services::requests::{BuyerCard, Card};

use super::request_path::request_path;
use super::words;
use crate::components::Icon;
use crate::page::Page;

/// A card: what, for how much, where, until when, how many offer, and for whom. The children are
/// further marks, such as "you offered".
#[component]
pub(crate) fn RequestCard(
    card: Card,
    /// Under a heading of its own on a page of several.
    #[prop(optional)]
    within_section: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let request = card.request;
    let title = request
        .title
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let href = page.public(&request_path(request.id, &title));
    let offers = match request.offers {
        0 => t.requests_no_offers().to_owned(),
        count => t.requests_offers(u64::from(count)),
    };
    let until = request
        .offers_until
        .map(|until| t.requests_until(page.when.date(until)));
    let buyer = card.buyer.as_ref().map(|buyer| buyer_text(&page, buyer));
    let link = view! { <a href=href dir="auto">{title}</a> };
    let heading = if within_section {
        Either::Left(view! { <h3>{link}</h3> })
    } else {
        Either::Right(view! { <h2>{link}</h2> })
    };
    view! {
        <li class="card request-card stack">
            {card.picture.map(|picture| {
                let src = format!("/files/{picture}/preview");
                // The words beside it say the same.
                view! { <img class="request-picture" src=src alt="" width="240" height="180" loading="lazy" decoding="async"/> }
            })}
            {heading}
            <p class="excerpt muted" dir="auto">{request.excerpt}</p>
            {children.map(|children| view! { <p class="cluster">{children()}</p> })}
            <ul class="facts">
                {request.budget.map(|budget| view! {
                    <li class="strong"><Icon name="deal-held"/><span>{words::budget(t, budget)}</span></li>
                })}
                <li><Icon name="place"/><span>{words::place(t, request.place.as_ref())}</span></li>
                {until.map(|until| view! { <li><Icon name="clock"/><span>{until}</span></li> })}
                <li><Icon name="offer"/><span>{offers}</span></li>
                {buyer.map(|buyer| view! { <li><Icon name="person"/><span>{buyer}</span></li> })}
            </ul>
        </li>
    }
}

/// `Sara: 3 finished deals`.
pub(crate) fn buyer_text(page: &Page, buyer: &BuyerCard) -> String {
    let t = page.t();
    let deals = match buyer.deals {
        0 => t.requests_buyer_new().to_owned(),
        count => t.requests_buyer_deals(count),
    };
    t.requests_buyer(&buyer.name, deals)
}
