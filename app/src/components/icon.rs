//! A drawing of the sprite `style/icons.svg`.

use leptos::prelude::*;

use crate::page::Page;

/// Decoration beside a word: hidden from those who do not see it.
#[component]
pub fn Icon(
    name: &'static str,
    /// Points along the reading direction, so it turns round in right-to-left pages.
    #[prop(optional)]
    directional: bool,
) -> impl IntoView {
    let sprite = Page::current();
    let class = if directional {
        "icon directional"
    } else {
        "icon"
    };
    view! {
        <svg class=class aria-hidden="true" width="24" height="24">
            <use href=format!("{}#{name}", sprite.web.assets.icons)></use>
        </svg>
    }
}
