//! The panel before something that cannot be undone.

use leptos::prelude::*;

use super::Icon;

/// States what will happen; the form with its button is in the children.
#[component]
pub fn Confirm(
    #[prop(into)] warning: String,
    #[prop(optional, into)] final_word: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="confirm card stack">
            <p class="warning"><Icon name="alert"/><strong>{warning}</strong></p>
            {final_word.map(|text| view! { <p>{text}</p> })}
            {children()}
        </div>
    }
}
