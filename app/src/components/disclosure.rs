//! Something more, for those who want it.

use leptos::prelude::*;

/// A line that opens what is below it; no script.
#[component]
pub fn Disclosure(
    #[prop(into)] title: String,
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary>{title}</summary>
            <div class="stack">{children()}</div>
        </details>
    }
}
