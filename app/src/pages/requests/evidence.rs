//! What counts as proof of delivery, as a list.

use domain::deal::EvidenceItem;
use leptos::prelude::*;

use super::words;
use crate::components::Icon;
use crate::i18n::Locale;

/// The items of an evidence contract, before there is a deal.
#[component]
pub(crate) fn EvidenceList(items: Vec<EvidenceItem>) -> impl IntoView {
    let t: Locale = expect_context();
    let items: Vec<_> = items
        .into_iter()
        .map(|item| view! { <li><Icon name="deal-awaiting"/><span>{words::evidence(t, item)}</span></li> })
        .collect();
    view! { <ul class="facts">{items}</ul> }
}
