//! A list without rows: why, and the one thing to do.

use leptos::prelude::*;

/// The children are the action, if there is one.
#[component]
pub fn Empty(
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty stack">
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <p>{children()}</p> })}
        </div>
    }
}
