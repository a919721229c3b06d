//! Payouts, one line each: how much, to whom, how far it has come.

use domain::deal::{DepositState, Leg, LegId, LegState};
use domain::user::PayoutStanding;
use leptos::prelude::*;

use super::super::open::step_path;
use super::super::words::Words;
use crate::components::{Address, Icon, Money, Transaction};
use crate::i18n::Locale;

/// Every payout of the deal in short; nothing before there is one.
pub(super) fn summary(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let deal = &words.view.deal;
    let asset = deal.terms.asset;
    let lines: Vec<_> = deal
        .legs
        .iter()
        .map(|leg| {
            let (net, name, state) = (leg.net(), words.name(leg.payee), state_words(words, leg));
            let to = words.t().deal_leg_to(name);
            let stop = stop_link(words, leg);
            view! {
                <li>
                    <Icon name=icon(leg.state)/>
                    <span><Money units=net asset/>" "{to}": "{state}{stop}</span>
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <ul class="legs">{lines}</ul> })
}

/// Every payout with its reason, its address and its transaction.
pub(super) fn details(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let deal = &words.view.deal;
    let asset = deal.terms.asset;
    let t = words.t();
    let lines: Vec<_> = deal
        .legs
        .iter()
        .map(|leg| {
            let title = match leg.id {
                LegId::Seller | LegId::Buyer => t.deal_leg_to(words.name(leg.payee)),
                LegId::Surplus(_) => t.deal_leg_surplus(words.name(leg.payee)),
                LegId::Late(..) => t.deal_leg_late(words.name(leg.payee)),
            };
            let address = leg.destination.as_ref().map(|to| to.as_str().to_owned());
            let state = state_words(words, leg);
            let tx = leg.tx.clone().map(|tx| {
                view! { <p class="small-text">{t.deal_leg_tx()}" "<Transaction network=asset.network() tx short=true/></p> }
            });
            let net = leg.net();
            view! {
                <li>
                    <p><strong><Money units=net asset/></strong>" "{title}</p>
                    <p class="muted">{state}</p>
                    {address.map(|address| view! { <p><Address address short=true/></p> })}
                    {tx}
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            <div class="stack tight">
                <h3>{t.deal_legs()}</h3>
                <ul class="leg-list stack">{lines}</ul>
            </div>
        }
    })
}

/// The payee's way to stop a payout that waits before it is sent.
fn stop_link(words: Words<'_>, leg: &Leg) -> Option<impl IntoView + use<>> {
    let is_own = words.view.party() == Some(leg.payee);
    let waits = leg.state == LegState::Approved && leg.takes_address(words.view.now);
    let label = words.t().deal_leg_stop();
    (is_own && waits).then(|| {
        let page = step_path(words.view.deal.id, "payout-address");
        let href = format!("{page}?leg={}", leg.id);
        view! { " "<a href=href>{label}</a> }
    })
}

/// Every transfer that came in, with its transaction.
pub(super) fn deposits(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let title = words.t().deal_deposits();
    deposit_list(words).map(|list| {
        view! {
            <div class="stack tight">
                <h3>{title}</h3>
                {list}
            </div>
        }
    })
}

/// Each transfer to the deal's address with how far it counts: all that the gateway tells of it.
pub(in crate::pages) fn deposit_list(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let deal = &words.view.deal;
    let asset = deal.terms.asset;
    let t = words.t();
    let lines: Vec<_> = deal
        .deposits
        .iter()
        .map(|deposit| {
            let (units, tx) = (deposit.units, deposit.key.tx().to_owned());
            let state = deposit_words(t, deposit.state);
            view! {
                <li>
                    <p><strong><Money units asset/></strong>" "<span class="muted">{state}</span></p>
                    <p class="small-text">
                        {t.deal_leg_tx()}" "<Transaction network=asset.network() tx short=true/>
                    </p>
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <ul class="leg-list stack">{lines}</ul> })
}

const fn deposit_words(t: Locale, state: DepositState) -> &'static str {
    match state {
        DepositState::Seen => t.deal_deposit_seen(),
        DepositState::Dropped => t.deal_deposit_dropped(),
        DepositState::Credited => t.deal_deposit_credited(),
        DepositState::Reversed => t.deal_deposit_reversed(),
        DepositState::Rescue => t.deal_deposit_rescue(),
    }
}

/// How far a payout has come, in words.
fn state_words(words: Words<'_>, leg: &Leg) -> String {
    let t = words.t();
    match leg.state {
        LegState::Planned => waiting_words(words, leg),
        LegState::Approved if standing(words, leg) == Some(PayoutStanding::NotTheirs) => {
            t.deal_leg_removed().to_owned()
        }
        LegState::Approved => match leg.not_before {
            _ if leg.delayed => t.deal_leg_delayed().to_owned(),
            Some(at) if at > words.view.now => t.deal_leg_not_before(words.page.when.moment(at)),
            Some(_) | None => t.deal_leg_approved().to_owned(),
        },
        LegState::Sending => t.deal_leg_sending().to_owned(),
        LegState::Unknown => t.deal_leg_unknown().to_owned(),
        LegState::Paid => t.deal_leg_paid().to_owned(),
        LegState::Blocked => t.deal_leg_blocked().to_owned(),
        LegState::NeedsAddress => t.deal_leg_needs_address().to_owned(),
        LegState::Unclaimed => t.deal_leg_unclaimed().to_owned(),
        LegState::Joined => t.deal_leg_joined().to_owned(),
        LegState::Void => t.deal_leg_void().to_owned(),
    }
}

/// Why a payout has not gone out yet.
fn waiting_words(words: Words<'_>, leg: &Leg) -> String {
    let t = words.t();
    match standing(words, leg) {
        Some(PayoutStanding::AddressWaits(until)) => {
            t.deal_leg_address_new(words.page.when.moment(until))
        }
        Some(PayoutStanding::Blocked(until)) => t.deal_leg_secured(words.page.when.moment(until)),
        Some(PayoutStanding::NotTheirs) => t.deal_leg_removed().to_owned(),
        Some(PayoutStanding::Ready) | None => t.deal_leg_planned().to_owned(),
    }
}

/// Whether money may go to a payout's address now: the payee alone is told of their own address.
fn standing(words: Words<'_>, leg: &Leg) -> Option<PayoutStanding> {
    let payee = words.page.user().ok();
    let payee = payee.filter(|_| words.view.party() == Some(leg.payee))?;
    let to = leg.destination.as_ref()?;
    let network = words.view.deal.terms.asset.network();
    Some(payee.payout_standing(network, to.as_str(), words.view.now))
}

const fn icon(state: LegState) -> &'static str {
    match state {
        LegState::Paid => "check",
        LegState::Blocked | LegState::NeedsAddress | LegState::Void => "alert",
        LegState::Unclaimed => "info",
        LegState::Planned
        | LegState::Approved
        | LegState::Sending
        | LegState::Unknown
        | LegState::Joined => "clock",
    }
}
