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
/// `sources` are what makes up for money that is no longer there.
#[component]
pub fn MoneyPanel(
    asset: Asset,
    received: Units,
    #[prop(optional)] sources: Vec<MoneyLine>,
    parts: Vec<MoneyLine>,
) -> impl IntoView {
    let t: Locale = expect_context();
    let all = |lines: &[MoneyLine]| Units::sum(lines.iter().map(|line| line.units));
    let whole = all(&sources).and_then(|more| more.checked_add(received));
    let exact = whole.is_some() && all(&parts) == whole;
    let shown = |lines: Vec<MoneyLine>| -> Vec<_> {
        lines
            .into_iter()
            .filter(|line| !line.units.is_zero())
            .map(|line| {
                view! { <div><dt>{line.label}</dt><dd><Money units=line.units asset/></dd></div> }
            })
            .collect()
    };
    let (sources, lines) = (shown(sources), shown(parts));
    view! {
        <div class="money-panel">
            <dl class="summary-list">
                <div class="whole"><dt>{t.money_received()}</dt><dd><Money units=received asset/></dd></div>
                {sources}
                {lines}
            </dl>
            <p class=if exact { "exact" } else { "exact wrong" }>
                <Icon name=if exact { "check" } else { "alert" }/>
                {if exact { t.money_sums() } else { t.money_does_not_sum() }}
            </p>
        </div>
    }
}
