//! How far the files of a form have come. Without scripts the browser shows that in its own way.

use leptos::html::Div;
use leptos::prelude::*;

use super::browser;

/// Stands in the form that it is about. `label` says what goes on.
#[island]
pub fn Uploading(#[prop(into)] label: String) -> impl IntoView {
    let part = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(part) = part.get() {
            browser::show_upload(&part);
        }
    });
    let named = label.clone();
    view! {
        <div class="uploading stack tight" node_ref=part hidden>
            <p><span role="status"></span>" "<bdi class="muted" dir="ltr"></bdi></p>
            <progress max="1" value="0" aria-label=named data-label=label></progress>
        </div>
    }
}
