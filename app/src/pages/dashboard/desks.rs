//! What lies on the desks of the people who run the place.

use leptos::prelude::*;
use services::dashboard::{DeskCounts, Part};

use super::read;
use crate::i18n::Locale;

/// The desks of the person's roles with their counts; nothing for those without any.
pub(super) fn section(t: Locale, desks: &Part<DeskCounts>) -> Option<impl IntoView + use<>> {
    let lines = match read(t, desks) {
        Ok(desks) => counted(t, *desks),
        Err(away) => Some(away),
    };
    lines.map(|lines| {
        view! {
            <section class="card stack tight" aria-labelledby="desks">
                <h2 id="desks">{t.dashboard_desks()}</h2>
                {lines}
            </section>
        }
    })
}

fn counted(t: Locale, desks: DeskCounts) -> Option<AnyView> {
    let lines = [
        desks
            .cases
            .map(|count| (t.dashboard_desk_cases(count), "/disputes")),
        desks
            .rulings
            .map(|count| (t.dashboard_desk_rulings(count), "/disputes")),
        desks
            .payouts
            .map(|count| (t.dashboard_desk_payouts(count), "/admin/payouts")),
        desks
            .unclear
            .map(|count| (t.dashboard_desk_unclear(count), "/admin/payouts")),
    ];
    let lines: Vec<_> = lines
        .into_iter()
        .flatten()
        .map(|(text, href)| view! { <li><a href=href>{text}</a></li> })
        .collect();
    (!lines.is_empty()).then(|| view! { <ul class="plain stack tight">{lines}</ul> }.into_any())
}
