//! A region that shows what is new without a reload. Without scripts a link does the same.

use leptos::html::Div;
use leptos::prelude::*;

use super::browser;

/// `version` names what the children show; `says` is the sentence that tells it to those who
/// listen. `offline` is shown when the server cannot be reached.
#[island]
pub fn Live(
    #[prop(into)] id: String,
    version: u64,
    #[prop(into)] says: String,
    #[prop(into)] offline: String,
    every_ms: u32,
    children: Children,
) -> impl IntoView {
    let region = NodeRef::<Div>::new();
    Effect::new(move |_| {
        if let Some(region) = region.get() {
            browser::keep_fresh(&region, every_ms);
        }
    });
    view! {
        <div class="live">
            <p class="visually-hidden" role="status"></p>
            <p class="offline banner bad" hidden>{offline}</p>
            <div id=id node_ref=region data-version=version data-says=says>
                {children()}
            </div>
        </div>
    }
}
