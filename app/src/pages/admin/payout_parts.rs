//! The parts of a payout's page: how far it has come, where it goes, who approves, what changes.

use domain::deal::{Leg, LegState};
use domain::user::PayoutStanding;
use leptos::prelude::*;
use services::payouts::{AddressOrigin, PayoutReview};

use crate::components::{
    Address, Banner, Chip, DealChip, Moment, Money, Row, SummaryList, Table, Tone, Transaction,
};
use crate::i18n::Locale;
use crate::page::Page;
use crate::pages::deals::for_staff::account_word;

/// How far it has come, and what of it is in somebody else's hands.
pub(super) fn state(page: &Page, review: &PayoutReview) -> impl IntoView + use<> {
    let t = page.t();
    let leg = &review.leg;
    let (tone, icon, word) = leg_chip(t, leg);
    let (state, held) = (review.deal.state, review.deal.hold.is_some());
    let is_stopped = held || state.stops_payouts();
    let stopped = is_stopped.then(|| view! { <DealChip state held/> });
    let note = note(page, review);
    let resend = (leg.state == LegState::Unknown).then(|| {
        let href = format!("/admin/payouts/{}/{}/resend", review.deal.id, leg.id);
        view! { <p><a href=href>{t.resend_link()}</a></p> }
    });
    let network = review.deal.terms.asset.network();
    let tx = leg.tx.clone().map(|tx| {
        view! { <p>{t.deal_leg_tx()}" "<Transaction network tx/></p> }
    });
    let network = format!("{} ({})", network.name(), network.standard());
    view! {
        <section class="card stack tight">
            <p class="cluster"><Chip tone icon text=word/>{stopped}</p>
            <p class="muted">{network}</p>
            {note.map(|note| view! { <p>{note}</p> })}
            {resend}
            {tx}
        </section>
    }
}

const fn leg_chip(t: Locale, leg: &Leg) -> (Tone, &'static str, &'static str) {
    match leg.state {
        LegState::Planned => (Tone::Care, "person", t.review_planned()),
        LegState::Approved if leg.delayed => (Tone::Care, "alert", t.paydesk_delayed()),
        LegState::Approved => (Tone::Info, "clock", t.paydesk_approved()),
        LegState::Sending => (Tone::Info, "clock", t.review_sending()),
        LegState::Unknown => (Tone::Bad, "alert", t.paydesk_checking()),
        LegState::Paid => (Tone::Ok, "check", t.review_paid()),
        LegState::Blocked => (Tone::Bad, "alert", t.paydesk_address_refused()),
        LegState::NeedsAddress => (Tone::Care, "alert", t.review_needs_address()),
        LegState::Unclaimed => (Tone::Plain, "info", t.review_unclaimed()),
        LegState::Joined => (Tone::Info, "clock", t.review_joined()),
        LegState::Void => (Tone::Plain, "info", t.review_void()),
    }
}

fn note(page: &Page, review: &PayoutReview) -> Option<String> {
    let t = page.t();
    let leg = &review.leg;
    match leg.state {
        LegState::Approved => {
            let at = leg.not_before.filter(|at| *at > review.now)?;
            let moment = page.when.moment(at);
            Some(if leg.delayed {
                t.review_tries_again(moment)
            } else {
                t.review_sends(moment)
            })
        }
        LegState::Unknown => Some(t.review_unknown_note().to_owned()),
        LegState::Blocked | LegState::NeedsAddress => Some(t.review_payee_note(&review.payee)),
        LegState::Planned
        | LegState::Sending
        | LegState::Paid
        | LegState::Unclaimed
        | LegState::Joined
        | LegState::Void => None,
    }
}

/// The whole address, its four words, and how old it is: the older, the safer.
pub(super) fn destination(page: &Page, review: &PayoutReview) -> impl IntoView + use<> {
    let t = page.t();
    let body = match &review.leg.destination {
        None => view! { <p>{t.review_no_address()}</p> }.into_any(),
        Some(to) => {
            let words = page.services().address_words(review.deal.id, to.as_str());
            let words = words.join(" ");
            let address = to.as_str().to_owned();
            let warning = standing(page, review.standing);
            view! {
                <p class="pay-address"><Address address/></p>
                <p>{t.review_words()}" "<strong><bdi dir="ltr" lang="en">{words}</bdi></strong></p>
                <SummaryList rows=origin(t, review.origin)/>
                {warning}
            }
            .into_any()
        }
    };
    view! {
        <section class="card stack tight" aria-labelledby="destination">
            <h2 id="destination">{t.review_destination()}</h2>
            {body}
        </section>
    }
}

fn origin(t: Locale, origin: Option<AddressOrigin>) -> Vec<Row> {
    let Some(origin) = origin else {
        return Vec::new();
    };
    match origin {
        AddressOrigin::Confirmed { at, active_from } => vec![
            Row::new(t.review_confirmed(), view! { <Moment at/> }),
            Row::new(t.review_active_from(), view! { <Moment at=active_from/> }),
        ],
        AddressOrigin::Terms { at } => {
            vec![Row::new(t.review_from_terms(), view! { <Moment at/> })]
        }
        AddressOrigin::Given { at } => {
            vec![Row::new(t.review_given(), view! { <Moment at/> })]
        }
    }
}

pub(super) fn standing(page: &Page, standing: PayoutStanding) -> Option<impl IntoView + use<>> {
    let t = page.t();
    let (tone, words) = match standing {
        PayoutStanding::Ready => return None,
        PayoutStanding::AddressWaits(at) => {
            (Tone::Care, t.review_address_waits(page.when.moment(at)))
        }
        PayoutStanding::Blocked(at) => (Tone::Bad, t.review_blocked(page.when.moment(at))),
        PayoutStanding::NotTheirs => (Tone::Bad, t.review_not_theirs().to_owned()),
    };
    Some(view! { <Banner tone>{words}</Banner> })
}

/// Two names and the veto time, before anybody presses anything.
pub(super) fn keys(page: &Page, review: &PayoutReview) -> impl IntoView + use<> {
    let t = page.t();
    let who = |nth: usize| match review.endorsed_by.get(nth) {
        Some(one) if one.is_own => t.review_key_own(&one.name),
        Some(one) => one.name.clone(),
        None => t.review_key_waits().to_owned(),
    };
    let is_by_hand = review.leg.state == LegState::Planned || !review.endorsed_by.is_empty();
    let mut rows = Vec::new();
    if !is_by_hand {
        rows.push(Row::new(t.review_first_key(), t.review_key_system()));
    } else if review.needs_two {
        rows.push(Row::new(t.review_first_key(), who(0)));
        rows.push(Row::new(t.review_second_key(), who(1)));
        rows.push(match review.leg.not_before {
            Some(at) => Row::new(t.review_veto(), view! { <Moment at/> }),
            None => Row::new(t.review_veto(), t.review_veto_after()),
        });
    } else {
        rows.push(Row::new(t.review_one_key(), who(0)));
    }
    view! {
        <section class="card stack tight" aria-labelledby="keys">
            <h2 id="keys">{t.review_keys()}</h2>
            <SummaryList rows/>
        </section>
    }
}

/// The accounts of the deal before and after, and what the wallet holds.
pub(super) fn ledger(page: &Page, review: &PayoutReview) -> impl IntoView + use<> {
    let t = page.t();
    let asset = review.deal.terms.asset;
    let lines: Vec<_> = review
        .ledger
        .iter()
        .map(|line| {
            let [before, after] =
                [line.before, line.after].map(|units| units.to_grouped(asset.decimals()));
            view! {
                <tr>
                    <th scope="row">{account_word(t, line.account)}</th>
                    <td class="number"><bdi dir="ltr">{before}</bdi></td>
                    <td class="number"><bdi dir="ltr">{after}</bdi></td>
                </tr>
            }
        })
        .collect();
    let wallet = match review.wallet {
        Some(units) => {
            let enough = units >= review.leg.net();
            let (tone, word) = if enough {
                (Tone::Ok, t.review_wallet_enough())
            } else {
                (Tone::Bad, t.review_wallet_short())
            };
            let icon = if enough { "check" } else { "alert" };
            view! {
                <p class="cluster">
                    {t.review_wallet()}" "<Money units asset/><Chip tone icon text=word/>
                </p>
            }
            .into_any()
        }
        None => view! { <p>{t.review_wallet_away()}</p> }.into_any(),
    };
    let table = (!lines.is_empty()).then(|| {
        view! {
            <Table caption=t.review_ledger(asset.token().code()) id="ledger">
                <thead>
                    <tr>
                        <th scope="col">{t.review_account()}</th>
                        <th scope="col" class="number">{t.review_before()}</th>
                        <th scope="col" class="number">{t.review_after()}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </Table>
        }
    });
    view! { <div class="stack tight">{table}{wallet}</div> }
}
