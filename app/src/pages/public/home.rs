//! `/`: what Amn is, in one look.

use axum::response::Response;
use domain::{Asset, Bps, Network, Token, Units};
use leptos::prelude::*;
use services::paging::{Limit, PageRequest};
use services::requests::{Browse, Card};
use services::solvency::Reconciliation;

use crate::components::{Button, Icon, Logo, Look, Row, SummaryList, Table, money_text};
use crate::i18n::Locale;
use crate::page::{Failure, Page, share};
use crate::pages::requests::card::RequestCard;

/// What the example of fees costs, in cents.
const EXAMPLE_CENTS: u64 = 124_000;

/// So many open requests are shown.
const SHOWN: Limit = Limit::new(3);

pub(crate) async fn get(page: Page) -> Response {
    let t = page.t();
    let requests = newest_requests(&page).await;
    let compared = last_comparison(&page).await;
    let is_whole = requests.is_ok() && compared.is_ok();
    let shown = page
        .html(t.home_title())
        .description(t.home_lede())
        .translated()
        .render(|| {
            view! {
                <Hero/>
                <Steps/>
                {open_requests(&page, requests.unwrap_or_default())}
                <Costs/>
                {compared.ok().flatten().map(|compared| reserves(&page, &compared))}
                <Promises/>
            }
        });
    // What could not be read now is not missing for the next visitor.
    if is_whole { share(shown) } else { shown }
}

/// The page says what it says without them, too, so a failure only takes them away.
async fn newest_requests(page: &Page) -> Result<Vec<Card>, Failure> {
    let (actor, all) = (page.actor(), Browse::default());
    let newest = PageRequest::first(SHOWN);
    let found = page.services().browse_requests(&actor, &all, newest);
    let found = found.await.inspect_err(|error| {
        tracing::warn!(%error, "the first page shows no requests");
    });
    Ok(found?.items)
}

async fn last_comparison(page: &Page) -> Result<Option<Reconciliation>, Failure> {
    let compared = page.services().last_comparison().await;
    let compared = compared.inspect_err(|error| {
        tracing::warn!(%error, "the first page shows no comparison");
    });
    Ok(compared?)
}

/// What people ask for now.
fn open_requests(page: &Page, requests: Vec<Card>) -> Option<impl IntoView + use<>> {
    let t = page.t();
    let all = page.public("/requests");
    let is_any = !requests.is_empty();
    let cards: Vec<_> = requests
        .into_iter()
        .map(|card| view! { <RequestCard card within_section=true/> })
        .collect();
    is_any.then(|| {
        view! {
            <section class="stack" aria-labelledby="requests">
                <h2 id="requests">{t.home_requests_title()}</h2>
                <ul class="grid request-list">{cards}</ul>
                <p><a href=all>{t.home_requests_all()}</a></p>
            </section>
        }
    })
}

/// What is owed and what is there, as the last comparison found it.
fn reserves(page: &Page, compared: &Reconciliation) -> impl IntoView + use<> {
    let t = page.t();
    let known = compared.lines.iter().filter_map(|line| {
        let name = format!(
            "{} · {}",
            line.asset.token().code(),
            line.asset.network().name()
        );
        let sum = |units: Units| units.to_grouped(line.asset.decimals());
        Some((name, sum(line.owed), sum(line.holdings?)))
    });
    let lines: Vec<_> = known
        .map(|(name, owed, there)| {
            view! {
                <tr>
                    <th scope="row"><bdi dir="ltr">{name}</bdi></th>
                    <td class="number"><bdi dir="ltr">{owed}</bdi></td>
                    <td class="number"><bdi dir="ltr">{there}</bdi></td>
                </tr>
            }
        })
        .collect();
    let caption = t.solvency_compared(page.when.moment(compared.at));
    (!lines.is_empty()).then(|| {
        view! {
            <section class="stack prose" aria-labelledby="reserves">
                <h2 id="reserves">{t.home_reserves_title()}</h2>
                <p>{t.home_reserves_text()}</p>
                <Table caption id="reserves-table">
                    <thead>
                        <tr>
                            <th scope="col">{t.solvency_asset()}</th>
                            <th scope="col" class="number">{t.home_reserves_owed()}</th>
                            <th scope="col" class="number">{t.home_reserves_there()}</th>
                        </tr>
                    </thead>
                    <tbody>{lines}</tbody>
                </Table>
            </section>
        }
    })
}

#[component]
fn Hero() -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    view! {
        <section class="hero">
            <div class="stack">
                <h1>{t.home_title()}</h1>
                <p class="lede">{t.home_lede()}</p>
                <p class="cluster">
                    <Button href="/requests/new/what">{t.home_post()}</Button>
                    <Button look=Look::Quiet href=page.public("/how-it-works")>{t.home_learn()}</Button>
                </p>
            </div>
            <figure class="mark">
                <Logo/>
                <figcaption>{t.home_mark()}</figcaption>
            </figure>
        </section>
    }
}

#[component]
fn Steps() -> impl IntoView {
    let t = Page::current().t();
    view! {
        <section class="stack" aria-labelledby="steps">
            <h2 id="steps">{t.home_steps_title()}</h2>
            <ol class="deal-clock">
                <Step icon="deal-awaiting" name=t.home_agree() text=t.home_agree_text() otherwise=t.home_agree_otherwise()/>
                <Step icon="deal-held" name=t.home_pay() text=t.home_pay_text() otherwise=t.home_pay_otherwise()/>
                <Step icon="deal-code" name=t.home_hand_over() text=t.home_hand_over_text() otherwise=t.home_hand_over_otherwise()/>
                <Step icon="deal-released" name=t.home_release() text=t.home_release_text() otherwise=t.home_release_otherwise()/>
            </ol>
        </section>
    }
}

/// One part of a deal, and what happens when nobody does it.
#[component]
fn Step(
    icon: &'static str,
    name: &'static str,
    text: &'static str,
    otherwise: &'static str,
) -> impl IntoView {
    view! {
        <li class="card stack">
            <h3><Icon name=icon directional=true/>{name}</h3>
            <p>{text}</p>
            <p class="otherwise"><Icon name="clock"/><span>{otherwise}</span></p>
        </li>
    }
}

/// The fees of today, on one example that sums.
#[component]
fn Costs() -> impl IntoView {
    let page = Page::current();
    let t = page.t();
    let rate = page.services().config().marketplace.fees.platform;
    let asset = Asset::new(Network::Bsc, Token::Usdt).expect("USDT is paid on BNB Smart Chain");
    let price = asset.cents(EXAMPLE_CENTS);
    let fee = rate.of(price);
    let network_fee = asset.network_fee();
    let money = |units: Units| {
        let text = money_text(units, asset);
        view! { <bdi class="money" dir="ltr">{text}</bdi> }
    };
    let received = price.less(fee).less(network_fee);
    let rows = vec![
        Row::new(t.home_cost_price(), money(price)),
        Row::new(t.home_cost_fee(percent(t, rate)), money(fee)),
        Row::new(
            t.home_cost_network(asset.network().name()),
            money(network_fee),
        ),
        Row::new(t.home_cost_seller(), money(received)),
    ];
    view! {
        <section class="stack prose" aria-labelledby="costs">
            <h2 id="costs">{t.home_costs_title()}</h2>
            <p>{t.home_costs_text()}</p>
            <div class="card"><SummaryList rows/></div>
        </section>
    }
}

/// `1%`, `0.25%`, `۱٪`.
fn percent(t: Locale, rate: Bps) -> String {
    let (whole, hundredths) = (rate.get() / 100, rate.get() % 100);
    let text = format!("{whole}.{hundredths:02}");
    t.percent(text.trim_end_matches('0').trim_end_matches('.'))
}

#[component]
fn Promises() -> impl IntoView {
    let t = Page::current().t();
    let promise = |name: &'static str, text: &'static str| {
        view! { <li class="card stack"><h3>{name}</h3><p>{text}</p></li> }
    };
    view! {
        <section class="stack" aria-labelledby="promises">
            <h2 id="promises">{t.home_promises_title()}</h2>
            <ul class="grid">
                {promise(t.home_promise_clock(), t.home_promise_clock_text())}
                {promise(t.home_promise_money(), t.home_promise_money_text())}
                {promise(t.home_promise_evidence(), t.home_promise_evidence_text())}
            </ul>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_written_as_short_as_it_is_exact() {
        for (bps, text) in [
            (100, "1%"),
            (25, "0.25%"),
            (150, "1.5%"),
            (0, "0%"),
            (10_000, "100%"),
        ] {
            assert_eq!(percent(Locale::En, Bps::new(bps).unwrap()), text);
        }
        assert_eq!(percent(Locale::Fa, Bps::new(25).unwrap()), "۰٫۲۵٪");
    }
}
