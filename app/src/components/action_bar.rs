//! The one next step, within reach of the thumb on a phone.

use leptos::prelude::*;

/// Fixed to the bottom on narrow screens, in its place on wide ones. Holds the page's primary.
#[component]
pub fn ActionBar(children: Children) -> impl IntoView {
    view! { <div class="action-bar">{children()}</div> }
}
