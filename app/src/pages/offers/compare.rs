//! `/requests/{id}/offers`: the offers on one's own request, side by side.

use axum::extract::Path;
use axum::response::Response;
use domain::id::{OfferId, RequestId};
use leptos::prelude::*;
use services::offers::{ComparedOffer, Comparison};

use super::words::{self as offer_words, SellerRecord};
use crate::components::{
    Banner, Button, Empty, Icon, Look, Moment, Refresh, Row, SummaryList, Table, Tone,
};
use crate::page::{Page, PageResult};
use crate::pages::files::attach::ShownFiles;
use crate::pages::requests::request_path::{read_id, request_path};
use crate::pages::requests::words;

/// So many offers stand side by side at the most.
const PINS_MAX: usize = 4;

pub(crate) async fn get(page: Page, Path(segment): Path<String>) -> PageResult {
    page.user()?;
    let id = read_id(&segment)?;
    let comparison = page.services().compare_offers(&page.actor(), id).await?;
    let pins = pins(page.uri.query().unwrap_or_default());
    Ok(show(&page, comparison, &pins))
}

/// The offers that were ticked.
fn pins(query: &str) -> Vec<OfferId> {
    query
        .split('&')
        .filter_map(|pair| pair.strip_prefix("pin="))
        .filter_map(|id| id.parse().ok())
        .take(PINS_MAX)
        .collect()
}

fn show(page: &Page, comparison: Comparison, pins: &[OfferId]) -> Response {
    let t = page.t();
    let request = &comparison.request;
    let what = request.draft().what;
    let title = what.map(|what| what.title.to_string()).unwrap_or_default();
    let (id, path) = (request.id, request_path(request.id, &title));
    let is_closed = request.takes_offers(page.services().now()).is_err();
    let days = request
        .details()
        .map(|details| u64::from(details.conditions.inspection_days))
        .unwrap_or_default();
    let deal = request.live_attempt().map(|attempt| attempt.deal);
    let pinned: Vec<ComparedOffer> = comparison
        .offers
        .iter()
        .filter(|one| pins.contains(&one.offer.id))
        .cloned()
        .collect();
    let pins = pins.to_vec();
    let offers = comparison.offers;
    page.html(t.compare_title()).render(move || {
        let is_empty = offers.is_empty();
        let can_pin = offers.len() > 1;
        let cards: Vec<_> = offers
            .into_iter()
            .map(|one| {
                let is_pinned = pins.contains(&one.offer.id);
                view! { <OfferCard one request=id can_pin is_pinned/> }
            })
            .collect();
        view! {
            <div class="stack">
                <div class="stack tight">
                    <h1>{t.compare_title()}</h1>
                    <p><a href=path dir="auto">{t.compare_for(title)}</a></p>
                </div>
                <Refresh/>
                {deal.map(|deal| view! {
                    <Banner tone=Tone::Ok>
                        {t.compare_hindrance_accepted()}" "
                        <a href=format!("/deals/{deal}")>{t.requests_to_deal()}</a>
                    </Banner>
                })}
                {is_empty.then(|| {
                    let text = if is_closed { t.compare_empty_text_closed() } else { t.compare_empty_text() };
                    let edit = format!("/requests/{id}/edit");
                    view! {
                        <Empty title=t.compare_empty() text=text>
                            <Button look=Look::Quiet href=edit>{t.requests_edit()}</Button>
                        </Empty>
                    }
                })}
                {(!is_empty).then(|| view! { <p class="muted">{t.compare_lede()}</p> })}
                {(!pinned.is_empty()).then(|| view! { <SideBySide offers=pinned days/> })}
                <form method="get" class="stack">
                    <ul class="stack">{cards}</ul>
                    {can_pin.then(|| view! {
                        <p class="cluster">
                            <Button look=Look::Quiet>{t.compare_pin_button()}</Button>
                            <span class="small-text muted">{t.compare_pin_hint()}</span>
                        </p>
                    })}
                </form>
            </div>
        }
    })
}

/// One offer in full.
#[component]
fn OfferCard(
    one: ComparedOffer,
    request: RequestId,
    can_pin: bool,
    is_pinned: bool,
) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let offer = one.offer;
    let proposal = offer.proposal;
    let here = format!("/requests/{request}/offers/{}", offer.id);
    let hindrance = one
        .hindrance
        .map(|hindrance| offer_words::hindrance(t, hindrance));
    let is_free = hindrance.is_none();
    let pin_id = format!("pin-{}", offer.id);
    let report = format!("/report?request={request}&offer={}", offer.id);
    let wish = offer
        .counter
        .map(|wish| t.compare_wish_sent(words::price(wish.price)));
    let seller = match one.seller {
        Some(seller) => view! { <SellerRecord seller/> }.into_any(),
        None => t.compare_gone_seller().into_any(),
    };
    let networks: Vec<&str> = proposal
        .networks
        .iter()
        .map(|network| network.name())
        .collect();
    let mut rows = vec![
        Row::new(t.compare_row_seller(), seller),
        Row::new(
            t.compare_row_delivery(),
            t.compare_of_payment(words::delivery(t, proposal.delivery)),
        ),
        Row::new(t.compare_row_networks(), networks.join(", ")),
    ];
    rows.extend(
        proposal
            .valid_until
            .map(|until| Row::new(t.compare_row_stands(), view! { <Moment at=until/> })),
    );
    let price = words::price(proposal.price);
    view! {
        <li class="card stack offer-card">
            <div class="cluster apart">
                <h2 dir="auto">{proposal.title.to_string()}</h2>
                <strong class="price"><bdi class="money" dir="ltr">{price}</bdi></strong>
            </div>
            <p class="long-text" dir="auto">{proposal.description.to_string()}</p>
            <ShownFiles files=one.files/>
            <SummaryList rows/>
            {hindrance.map(|text| view! { <Banner tone=Tone::Care>{text}</Banner> })}
            {wish.map(|wish| view! { <p class="small-text muted"><Icon name="info"/>{wish}</p> })}
            <div class="cluster">
                {is_free.then(|| view! {
                    <Button look=Look::Quiet href=format!("{here}/accept")>{t.compare_look()}</Button>
                    <a href=format!("{here}/counter")>{t.compare_answer()}</a>
                })}
                <a class="small-text" href=report>{t.report_link()}</a>
                {can_pin.then(|| view! {
                    <span class="choice bare">
                        <input type="checkbox" id=pin_id.clone() name="pin" value=offer.id.to_string() checked=is_pinned/>
                        <label for=pin_id>{t.compare_pin()}</label>
                    </span>
                })}
            </div>
        </li>
    }
}

/// The ticked offers as the columns of a table.
#[component]
fn SideBySide(offers: Vec<ComparedOffer>, days: u64) -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let heads: Vec<_> = offers
        .iter()
        .map(|one| {
            let title = one.offer.proposal.title.to_string();
            view! { <th scope="col" dir="auto">{title}</th> }
        })
        .collect();
    let seller = |one: &ComparedOffer| match &one.seller {
        Some(seller) => seller.name.clone(),
        None => t.compare_gone_seller().to_owned(),
    };
    let record = |one: &ComparedOffer| match &one.seller {
        Some(seller) => offer_words::record(t, seller),
        None => String::new(),
    };
    let stands = |one: &ComparedOffer| match one.offer.proposal.valid_until {
        Some(until) => page.when.moment(until),
        None => t.compare_stands_open().to_owned(),
    };
    let rows = [
        row(t.compare_row_price(), &offers, |one| {
            words::price(one.offer.proposal.price)
        }),
        row(t.compare_row_delivery(), &offers, |one| {
            words::delivery(t, one.offer.proposal.delivery)
        }),
        row(t.compare_row_seller(), &offers, seller),
        row(t.compare_row_record(), &offers, record),
        row(t.compare_row_inspection(), &offers, |_| t.word_days(days)),
        row(t.compare_row_stands(), &offers, stands),
    ];
    view! {
        <Table caption=t.compare_table() id="side-by-side">
            <thead><tr><th scope="col"><span class="visually-hidden">{t.compare_table()}</span></th>{heads}</tr></thead>
            <tbody>
                {rows}
            </tbody>
        </Table>
    }
}

/// One row of the table: what `cell` says of each offer.
fn row(
    name: &'static str,
    offers: &[ComparedOffer],
    cell: impl Fn(&ComparedOffer) -> String,
) -> AnyView {
    let cells: Vec<_> = offers
        .iter()
        .map(|one| view! { <td dir="auto">{cell(one)}</td> })
        .collect();
    view! { <tr><th scope="row">{name}</th>{cells}</tr> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_four_offers_stand_side_by_side() {
        let ids: Vec<OfferId> = (0..6_u8)
            .map(|number| OfferId::derived(&[&[number]]))
            .collect();
        let query: Vec<String> = ids.iter().map(|id| format!("pin={id}")).collect();
        assert_eq!(pins(&query.join("&")), ids[..PINS_MAX]);
        assert_eq!(pins("pin=x&pins=y&"), []);
    }
}
