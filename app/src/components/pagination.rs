//! Ways to the neighbouring pages of a list.

use leptos::prelude::*;

use super::Icon;
use crate::i18n::Locale;

/// Lists are paged by their last row, so there are no page numbers. Nothing for a single page.
#[component]
pub fn Pagination(
    #[prop(optional, into)] previous: Option<String>,
    #[prop(optional, into)] next: Option<String>,
) -> impl IntoView {
    let t: Locale = expect_context();
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="pagination cluster" aria-label=t.common_pages()>
                {previous.map(|href| view! {
                    <a class="button quiet" href=href rel="prev">
                        <Icon name="arrow-back" directional=true/>
                        {t.common_previous()}
                    </a>
                })}
                {next.map(|href| view! {
                    <a class="button quiet" href=href rel="next">
                        {t.common_next()}
                        <Icon name="arrow" directional=true/>
                    </a>
                })}
            </nav>
        }
    })
}
