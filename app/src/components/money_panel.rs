//! Where all the money of a deal is: lines that sum exactly.

use domain::{Asset, Units};
use leptos::prelude::*;

use super::{Icon, Money};
use crate::i18n::Locale;

/// A line of the panel.
#[derive(Debug, Clone)]
pub struct MoneyLine {
    /// Held, refunded, fee…
    pub label: String,
    /// How much.
    pub units: Units,
}

/// What came in, and the parts it is in now. The tick stands only when the parts make the whole.
#[component]
pub fn MoneyPanel(asset: Asset, received: Units, parts: Vec<MoneyLine>) -> impl IntoView {
    let t: Locale = expect_context();
    let sum = Units::sum(parts.iter().map(|part| part.units));
    let exact = sum == Some(received);
    let lines: Vec<_> = parts
        .into_iter()
        .filter(|part| !part.units.is_zero())
        .map(|part| {
            view! { <div><dt>{part.label}</dt><dd><Money units=part.units asset/></dd></div> }
        })
        .collect();
    view! {
        <div class="money-panel">
            <dl class="summary-list">
                <div class="whole"><dt>{t.money_received()}</dt><dd><Money units=received asset/></dd></div>
                {lines}
            </dl>
            <p class=if exact { "exact" } else { "exact wrong" }>
                <Icon name=if exact { "check" } else { "alert" }/>
                {if exact { t.money_sums() } else { t.money_does_not_sum() }}
            </p>
        </div>
    }
}
