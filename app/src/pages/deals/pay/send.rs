//! What to send, where to, and how to be sure.

use domain::Units;
use leptos::prelude::*;
use services::payments::PayView;

use super::check;
use crate::components::{Address, Button, Disclosure, Money, Qr};
use crate::islands::CopyButton;
use crate::pages::deals::words::Words;

/// Everything a wallet has to be told.
pub(super) fn instructions(
    words: Words<'_>,
    pay: &PayView,
    pasted: &str,
) -> Option<impl IntoView + use<>> {
    let address = pay.intent.address.clone()?;
    let link = pay.intent.wallet_link();
    Some(view! {
        <section class="stack" aria-label=words.t().deal_pay_how()>
            {amount(words, pay.missing)}
            {network(words)}
            {codes(words, &address, link.as_deref())}
            {address_part(words, &address)}
            {wallet_button(words, link)}
            {check::part(words, &address, pasted)}
        </section>
    })
}

fn amount(words: Words<'_>, missing: Units) -> impl IntoView + use<> {
    let t = words.t();
    let asset = words.view.deal.terms.asset;
    let plain = missing.to_plain(asset.decimals());
    let copied = t.common_copied();
    view! {
        <div class="stack tight">
            <p class="cluster">
                <strong class="sum"><Money units=missing asset/></strong>
                <CopyButton text=plain label=t.deal_pay_copy_amount() done=copied/>
            </p>
            <p>{t.deal_pay_must_arrive()}</p>
        </div>
    }
}

fn network(words: Words<'_>) -> impl IntoView + use<> {
    let t = words.t();
    let token = words.view.deal.terms.asset.token().code();
    view! { <p class="network"><strong>{t.deal_pay_network(token, words.network())}</strong></p> }
}

/// The code that fills everything in, and one for wallets that refuse it.
fn codes(words: Words<'_>, address: &str, link: Option<&str>) -> impl IntoView + use<> {
    let t = words.t();
    let address = address.to_owned();
    match link.map(ToOwned::to_owned) {
        Some(link) => view! {
            <Qr content=link label=t.deal_pay_qr_wallet()/>
            <Disclosure id="address-only" title=t.deal_pay_qr_refused()>
                <Qr content=address label=t.deal_pay_qr_address()/>
                <p>{t.deal_pay_qr_address_text()}</p>
            </Disclosure>
        }
        .into_any(),
        None => view! { <Qr content=address label=t.deal_pay_qr_address()/> }.into_any(),
    }
}

fn address_part(words: Words<'_>, address: &str) -> impl IntoView + use<> {
    let t = words.t();
    let spoken = words
        .page
        .services()
        .address_words(words.view.deal.id, address)
        .join(" ");
    let address = address.to_owned();
    view! {
        <div class="stack tight">
            <h2>{t.deal_pay_address()}</h2>
            <p class="pay-address"><Address address=address.clone()/></p>
            <p><CopyButton text=address label=t.deal_pay_copy_address() done=t.common_copied()/></p>
            <p>
                {t.deal_pay_words()}" "
                <bdi class="mono" dir="ltr" lang="en" translate="no">{spoken}</bdi>
            </p>
            <p class="hint">{t.deal_pay_words_hint()}</p>
        </div>
    }
}

fn wallet_button(words: Words<'_>, link: Option<String>) -> Option<impl IntoView + use<>> {
    let label = words.t().deal_pay_open_wallet();
    link.map(|link| view! { <p><Button href=link>{label}</Button></p> })
}
