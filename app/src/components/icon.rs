//! A drawing of the sprite `style/icons.svg`.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

use crate::page::Page;

/// Decoration beside a word: hidden from those who do not see it.
#[component]
pub fn Icon(
    name: &'static str,
    /// Points along the reading direction, so it turns round in right-to-left pages.
    #[prop(optional)]
    directional: bool,
) -> impl IntoView {
    let page = Page::current();
    let sprite = &page.web.assets.icons;
    let turns = if directional { " directional" } else { "" };
    // A page has hundreds of these and all of it is ours: written at once, not node by node.
    InertElement::new(format!(
        r#"<svg class="icon{turns}" aria-hidden="true" width="24" height="24"><use href="{sprite}#{name}"></use></svg>"#
    ))
}
