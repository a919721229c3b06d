//! A table that scrolls in itself, so that the page never scrolls sideways.

use leptos::prelude::*;

/// `children` are `thead` and `tbody`. The region can be focused, so that it scrolls by keyboard.
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    /// Unique on the page.
    id: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="table" role="region" tabindex="0" aria-labelledby=format!("{id}-caption")>
            <table id=id>
                <caption id=format!("{id}-caption")>{caption}</caption>
                {children()}
            </table>
        </div>
    }
}
