//! What was promised as evidence, and what of it is there.

use leptos::prelude::*;

use super::Icon;
use crate::i18n::Locale;

/// One item of an evidence contract.
#[derive(Debug, Clone)]
pub struct EvidenceItem {
    /// What it is.
    pub label: String,
    /// Whether it has been given.
    pub given: bool,
}

/// The items with a count on top.
#[component]
pub fn EvidenceChecklist(items: Vec<EvidenceItem>) -> impl IntoView {
    let t: Locale = expect_context();
    let given = items.iter().filter(|item| item.given).count();
    let count = t.evidence_given(
        t.number(u64::try_from(given).unwrap_or(u64::MAX)),
        t.number(u64::try_from(items.len()).unwrap_or(u64::MAX)),
    );
    let items: Vec<_> = items
        .into_iter()
        .map(|item| {
            let (icon, word, class) = if item.given {
                ("check", t.evidence_there(), "given")
            } else {
                ("deal-awaiting", t.evidence_missing(), "missing")
            };
            view! {
                <li class=class>
                    <Icon name=icon/>
                    <span>{item.label}" "<span class="muted">{word}</span></span>
                </li>
            }
        })
        .collect();
    view! {
        <div class="checklist stack tight">
            <p class="muted">{count}</p>
            <ul>{items}</ul>
        </div>
    }
}
