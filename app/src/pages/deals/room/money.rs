//! Where all the money of the deal is: the lines sum exactly.

use domain::ledger::Account;
use leptos::prelude::*;

use super::super::words::Words;
use super::legs;
use crate::components::{Money, MoneyLine, MoneyPanel};
use crate::i18n::Locale;

pub(in crate::pages) fn section(words: Words<'_>) -> impl IntoView + use<> {
    let t = words.t();
    let deal = &words.view.deal;
    let asset = deal.terms.asset;
    let price = deal.price;
    let line = |account| MoneyLine {
        label: account_word(t, account).to_owned(),
        units: deal.balance(account),
    };
    let sources = [Account::Shortfall, Account::Covered].map(line).into();
    let places = Account::ALL
        .into_iter()
        .filter(|account| !account.is_debit_normal());
    let parts = places.map(line).collect();
    let received = deal.balance(Account::Received);
    let deposits = legs::deposits(words);
    let legs = legs::details(words);
    view! {
        <section id="money" class="card stack" aria-labelledby="money-heading">
            <h2 id="money-heading">{t.deal_money()}</h2>
            <p class="cluster apart">
                <span class="muted">{t.deal_money_due()}</span>
                <Money units=price asset/>
            </p>
            <MoneyPanel asset received sources parts/>
            {deposits}
            {legs}
        </section>
    }
}

pub(in crate::pages) const fn account_word(t: Locale, account: Account) -> &'static str {
    match account {
        Account::Received => t.money_received(),
        Account::Shortfall => t.deal_account_shortfall(),
        Account::Covered => t.deal_account_covered(),
        Account::Held => t.deal_account_held(),
        Account::Late => t.deal_account_late(),
        Account::Payable => t.deal_account_payable(),
        Account::Released => t.deal_account_released(),
        Account::Refunded => t.deal_account_refunded(),
        Account::Fees => t.deal_account_fees(),
        Account::NetworkFees => t.deal_account_network_fees(),
        Account::Surplus => t.deal_account_surplus(),
        Account::Unclaimed => t.deal_account_unclaimed(),
    }
}
