//! Shows what is typed into a field for a secret, and hides it again. Without scripts it stays
//! hidden, and there is no button.

use leptos::html::Button;
use leptos::prelude::*;

use super::browser;

/// Stands beside the input whose id is `of`, which is called `label`. `show` and `hide` are what it
/// does next; `shown` and `hidden` are said to those who listen.
#[island]
pub fn Reveal(
    #[prop(into)] of: String,
    #[prop(into)] label: String,
    #[prop(into)] show: String,
    #[prop(into)] hide: String,
    #[prop(into)] shown: String,
    #[prop(into)] hidden: String,
) -> impl IntoView {
    let button = NodeRef::<Button>::new();
    let alive = RwSignal::new(false);
    // Nothing is said before somebody has pressed.
    let is_shown = RwSignal::new(None::<bool>);
    // Effects run in the browser only: without scripts the button stays away.
    Effect::new(move |_| {
        if let Some(button) = button.get() {
            browser::hide_before_sending(&button);
            alive.set(true);
        }
    });
    let input = of.clone();
    let turn = move |_| {
        let now = is_shown.get() != Some(true);
        is_shown.set(Some(now));
        browser::reveal(&input, now);
    };
    let does = move || match is_shown.get() {
        Some(true) => hide.clone(),
        Some(false) | None => show.clone(),
    };
    let says = move || {
        is_shown.get().map(|is_shown| {
            if is_shown {
                shown.clone()
            } else {
                hidden.clone()
            }
        })
    };
    view! {
        <span class="reveal">
            <button
                node_ref=button
                type="button"
                class="button quiet"
                aria-controls=of
                hidden=move || !alive.get()
                on:click=turn
            >
                {does}
                <span class="visually-hidden">": "{label}</span>
            </button>
            <span class="visually-hidden" role="status">{says}</span>
        </span>
    }
}
