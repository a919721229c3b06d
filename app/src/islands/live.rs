//! A region that shows what is new without a reload. Without scripts a link does the same.

use leptos::html::Div;
use leptos::prelude::*;

use super::browser;

/// `version` names what the children show; `says` is the sentence that tells it to those who
/// listen. `offline` is shown when the server cannot be reached; `changed`, with a link to `here`,
/// when there is news that would take away what somebody is writing.
#[island]
pub fn Live(
    #[prop(into)] id: String,
    #[prop(into)] version: String,
    #[prop(into)] says: String,
    #[prop(into)] offline: String,
    #[prop(into)] changed: String,
    #[prop(into)] refresh: String,
    #[prop(into)] here: String,
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
            <p class="changed banner care" hidden>
                <span>{changed}" "<a href=here>{refresh}</a></span>
            </p>
            <div id=id node_ref=region data-version=version data-says=says>
                {children()}
            </div>
        </div>
    }
}
