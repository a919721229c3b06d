//! The page as it is now, for whoever waits for somebody else.

use leptos::prelude::*;

use super::Icon;
use crate::page::Page;

/// A link to this very page. Where a script keeps the page fresh, it is hidden.
#[component]
pub fn Refresh() -> impl IntoView {
    let page = Page::current();
    let here = page.here().to_owned();
    view! {
        <p class="refresh">
            <a class="button quiet small" href=here>
                <Icon name="refresh"/>
                {page.t().common_refresh()}
            </a>
        </p>
    }
}
