//! A button that copies a text standing beside it. Without scripts the text can be selected.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::browser;

/// How long the button says that it has copied.
const THANKS: Duration = Duration::from_secs(3);

/// Copies `text`. `label` and `done` are what it says before and after.
#[island]
pub fn CopyButton(
    #[prop(into)] text: String,
    #[prop(into)] label: String,
    #[prop(into)] done: String,
) -> impl IntoView {
    // By these two it is found again when a live region shows what is new.
    let (name, value) = ("copy", text.clone());
    let alive = RwSignal::new(false);
    let copied = RwSignal::new(false);
    // Effects run in the browser only: without scripts the button stays hidden.
    Effect::new(move |_| alive.set(true));
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            if browser::copy(&text).await.as_bool() == Some(true) {
                copied.set(true);
                set_timeout(move || copied.set(false), THANKS);
            }
        });
    };
    let thanks = done.clone();
    let text = move || {
        if copied.get() {
            done.clone()
        } else {
            label.clone()
        }
    };
    view! {
        <span>
            <button
                type="button"
                name=name
                value=value
                class="button quiet small"
                hidden=move || !alive.get()
                on:click=copy
            >
                {text}
            </button>
            <span class="visually-hidden" role="status">
                {move || copied.get().then(|| thanks.clone())}
            </span>
        </span>
    }
}
