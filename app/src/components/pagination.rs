//! Ways to the neighbouring pages of a list.

use leptos::prelude::*;

use super::Icon;
use crate::i18n::Locale;

/// Lists are paged by their last row, so there are no page numbers. Nothing for a single page.
#[component]
pub fn Pagination(
    #[prop(default = None, into)] previous: Option<String>,
    #[prop(default = None, into)] next: Option<String>,
    /// Where another word than "previous" says more.
    #[prop(optional)]
    previous_label: Option<&'static str>,
    /// Where another word than "next" says more.
    #[prop(optional)]
    next_label: Option<&'static str>,
) -> impl IntoView {
    let t: Locale = expect_context();
    let previous_label = previous_label.unwrap_or(t.common_previous());
    let next_label = next_label.unwrap_or(t.common_next());
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pagination cluster" aria-label=t.common_pages()>
                {previous.map(|href| view! {
                    <a class="button quiet" href=href rel="prev">
                        <Icon name="arrow-back" directional=true/>
                        {previous_label}
                    </a>
                })}
                {next.map(|href| view! {
                    <a class="button quiet" href=href rel="next">
                        {next_label}
                        <Icon name="arrow" directional=true/>
                    </a>
                })}
            </nav>
        }
    })
}
