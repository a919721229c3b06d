//! `/admin/deals/{id}`: every event, leg, deposit and intent of a deal, with the names that the
//! gateway and the chain know them by.

use axum::response::Response;
use domain::deal::{Event, Leg};
use leptos::prelude::*;
use services::deals::{DealFile, StaffView};

use super::open::open;
use crate::components::{DealChip, Moment, Money, Row, SummaryList, Table};
use crate::i18n::Locale;
use crate::page::{Page, PageResult};
use crate::pages::deals::for_staff::{DealPath, Words, failure, money_section, room_path};

pub(crate) async fn get(page: Page, path: DealPath) -> PageResult {
    let staff = open(&page, path).await?;
    let file = page.services().view_deal_file(&page.actor(), path.0).await;
    let file = file.map_err(|error| failure(&error))?;
    Ok(show(&page, &staff, &file))
}

fn show(page: &Page, staff: &StaffView, file: &DealFile) -> Response {
    let t = page.t();
    let deal = &file.deal;
    let title = t.dealfile_title(deal.id.short());
    page.html(title.clone()).render(|| {
        let goods = deal.terms.goods.title.clone();
        let (state, held) = (deal.state, deal.hold.is_some());
        let words = Words::new(page, &staff.view);
        view! {
            <div class="stack loose">
                <div class="stack tight">
                    <p><a href="/admin/deals">{t.dealdesk_title()}</a></p>
                    <h1>{title}</h1>
                    <p class="cluster"><bdi>{goods}</bdi><DealChip state held/></p>
                </div>
                <div class="sidebar">
                    <div class="stack loose">
                        {legs(t, file)}
                        {arrived(t, file)}
                        {intents(t, file)}
                    </div>
                    <aside class="stack loose">
                        {facts(t, file)}
                        {money_section(words)}
                    </aside>
                </div>
                {events(t, file)}
            </div>
        }
    })
}

fn facts(t: Locale, file: &DealFile) -> impl IntoView + use<> {
    let deal = &file.deal;
    let (price, asset) = (deal.price, deal.terms.asset);
    let (opened, changed) = (deal.created_at, deal.updated_at);
    let person = |id: domain::id::UserId| {
        let (href, name) = (format!("/admin/users/{id}"), file.name(id));
        view! { <a href=href><bdi>{name}</bdi></a> }
    };
    let rows = vec![
        Row::new(
            t.desk_id(),
            view! { <code class="break" dir="ltr">{deal.id.to_string()}</code> },
        ),
        Row::new(t.deal_buyer(), person(deal.terms.buyer)),
        Row::new(t.deal_seller(), person(deal.terms.seller)),
        Row::new(
            t.dealfile_price(),
            view! { <Money units=price asset/>" · "{asset.network().name()} },
        ),
        Row::new(t.dealfile_opened(), view! { <Moment at=opened bare=true/> }),
        Row::new(
            t.dealdesk_changed(),
            view! { <Moment at=changed bare=true/> },
        ),
        Row::new(t.dealfile_version(), t.number(deal.version)),
    ];
    let ways = [
        (room_path(deal.id), t.dealfile_room()),
        (format!("/admin/ledger?deal={}", deal.id), t.ledger_title()),
        (
            format!("/admin/audit?subject=deal:{}", deal.id),
            t.audit_title(),
        ),
    ];
    let ways = ways.map(|(href, label)| view! { <li><a href=href>{label}</a></li> });
    view! {
        <section class="card stack tight" aria-labelledby="facts">
            <h2 id="facts">{t.dealfile_facts()}</h2>
            <SummaryList rows/>
            <ul class="plain stack tight">{ways.into_iter().collect_view()}</ul>
        </section>
    }
}

fn legs(t: Locale, file: &DealFile) -> impl IntoView + use<> {
    let legs = &file.deal.legs;
    let cards: Vec<_> = legs.iter().map(|one| leg(t, file, one)).collect();
    let none = legs
        .is_empty()
        .then(|| view! { <p class="muted">{t.dealfile_no_legs()}</p> });
    view! {
        <section class="stack" aria-labelledby="legs">
            <h2 id="legs">{t.dealfile_legs()}</h2>
            {none}
            {cards}
        </section>
    }
}

fn leg(t: Locale, file: &DealFile, leg: &Leg) -> impl IntoView + use<> {
    let (net, asset, planned) = (leg.net(), file.deal.terms.asset, leg.planned_at);
    let code = |text: String| view! { <code class="break" dir="ltr">{text}</code> };
    let href = format!("/admin/payouts/{}/{}", file.deal.id, leg.id);
    let mut rows = vec![
        Row::new(t.dealfile_state(), code(leg_state(leg))),
        Row::new(
            t.dealfile_planned(),
            view! { <Moment at=planned bare=true/> },
        ),
    ];
    let payee = file.name(file.deal.person(leg.payee));
    let destination = leg.destination.as_ref().map(|to| to.as_str().to_owned());
    let others = leg.other_txs.iter().cloned();
    let named = [
        (t.dealfile_to(), destination),
        (t.dealfile_tx(), leg.tx.clone()),
        (t.dealfile_task(), leg.task.clone()),
    ];
    let named = named
        .into_iter()
        .filter_map(|(label, text)| Some((label, text?)));
    let named = named.chain(others.map(|tx| (t.dealfile_other_tx(), tx)));
    rows.extend(named.map(|(label, text)| Row::new(label, code(text))));
    if let Some(at) = leg.not_before {
        rows.push(Row::new(
            t.dealfile_not_before(),
            view! { <Moment at bare=true/> },
        ));
    }
    for id in file.external_ids(leg) {
        rows.push(Row::new(
            t.dealfile_external_id(),
            code(id.as_str().to_owned()),
        ));
    }
    view! {
        <div class="card stack tight">
            <h3 class="card-title">
                <a href=href>{t.paydesk_to(payee)}</a>
                " · "
                <Money units=net asset/>
            </h3>
            <SummaryList rows/>
        </div>
    }
}

/// The word by which the state is stored.
fn leg_state(leg: &Leg) -> String {
    word_of(&leg.state)
}

fn arrived(t: Locale, file: &DealFile) -> impl IntoView + use<> {
    let asset = file.deal.terms.asset;
    let rows: Vec<_> = file
        .deal
        .deposits
        .iter()
        .map(|deposit| {
            let (units, at) = (deposit.units, deposit.at);
            let (tx, state) = (deposit.key.tx().to_owned(), word_of(&deposit.state));
            view! {
                <tr>
                    <td><Moment at bare=true/></td>
                    <td class="number"><Money units asset/></td>
                    <td><code dir="ltr">{state}</code></td>
                    <th scope="row" class="wide"><code class="break" dir="ltr">{tx}</code></th>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <Table caption=t.dealfile_arrived() id="deposits">
                <thead>
                    <tr>
                        <th scope="col">{t.ledger_at()}</th>
                        <th scope="col" class="number">{t.dealfile_sum()}</th>
                        <th scope="col">{t.dealfile_state()}</th>
                        <th scope="col">{t.dealfile_tx()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        }
    })
}

fn intents(t: Locale, file: &DealFile) -> impl IntoView + use<> {
    let rows: Vec<_> = file
        .intents
        .iter()
        .map(|intent| {
            let (due, asset, read) = (intent.due, intent.asset, intent.last_read_at);
            let address = intent.address.clone().unwrap_or_default();
            let strays = u64::try_from(intent.strays.len()).unwrap_or(u64::MAX);
            view! {
                <tr>
                    <th scope="row" class="wide">
                        <code class="break" dir="ltr">{address}</code>
                    </th>
                    <td class="number"><Money units=due asset/></td>
                    <td>{read.map(|at| view! { <Moment at bare=true/> })}</td>
                    <td class="number">{t.number(strays)}</td>
                    <td class="wide">
                        <code class="break" dir="ltr">{intent.id.to_string()}</code>
                    </td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <Table caption=t.dealfile_intents() id="intents">
                <thead>
                    <tr>
                        <th scope="col">{t.dealfile_address()}</th>
                        <th scope="col" class="number">{t.dealfile_due()}</th>
                        <th scope="col">{t.dealfile_read()}</th>
                        <th scope="col" class="number">{t.dealfile_strays()}</th>
                        <th scope="col">{t.desk_id()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        }
    })
}

fn events(t: Locale, file: &DealFile) -> impl IntoView + use<> {
    let events = file.deal.events.iter().rev();
    let rows: Vec<_> = events.map(|one| event(t, file, one)).collect();
    view! {
        <Table caption=t.dealfile_events() id="events">
            <thead>
                <tr>
                    <th scope="col">{t.audit_place()}</th>
                    <th scope="col">{t.ledger_at()}</th>
                    <th scope="col">{t.audit_actor()}</th>
                    <th scope="col">{t.dealfile_event()}</th>
                    <th scope="col">{t.audit_digest()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
}

fn event(t: Locale, file: &DealFile, event: &Event) -> impl IntoView + use<> {
    let at = event.at;
    let by = event.by.map(|by| file.name(by));
    let by = by.unwrap_or_else(|| t.audit_system().to_owned());
    let digest: String = event.hash.to_string().chars().take(12).collect();
    view! {
        <tr id=format!("event-{}", event.seq)>
            <th scope="row" class="number">{t.number(event.seq)}</th>
            <td><Moment at bare=true/></td>
            <td><bdi>{by}</bdi></td>
            <td><code dir="ltr">{event.body.kind()}</code></td>
            <td><code dir="ltr">{digest}</code></td>
        </tr>
    }
}

/// The word by which a thing is stored: its kind, without what else it holds.
fn word_of(thing: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(thing).unwrap_or_default();
    let kind = value.get("kind").unwrap_or(&value);
    kind.as_str().unwrap_or("?").to_owned()
}
