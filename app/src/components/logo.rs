//! The mark: two squares, buyer and seller, interlock; neither holds the octagon, the money.

use leptos::prelude::*;

/// Decoration: the name stands beside it.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 48 48" aria-hidden="true">
            <path class="logo-buyer" d="M34.2 9H39V26.2M39 34.2V39H21.8M13.8 39H9V21.8M9 13.8V9H26.2"/>
            <path
                class="logo-seller"
                d="M20.6 6.2 24 2.8 36.2 15M41.8 20.6 45.2 24 33 36.2M27.4 41.8 24 45.2 11.8 33M6.2 27.4 2.8 24 15 11.8"
            />
            <path class="logo-held" d="M20.3 15h7.4l5.3 5.3v7.4L27.7 33h-7.4L15 27.7v-7.4z"/>
        </svg>
    }
}
