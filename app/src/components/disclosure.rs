//! Something more, for those who want it.

use leptos::prelude::*;

/// A line that opens what is below it; no script. By its `id` it stays open, and keeps the focus,
/// when a live region shows what is new.
#[component]
pub fn Disclosure(
    #[prop(into)] id: String,
    #[prop(into)] title: String,
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details id=id class="disclosure" open=open>
            <summary>{title}</summary>
            <div class="stack">{children()}</div>
        </details>
    }
}
