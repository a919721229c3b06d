//! Ways to look at a list: links, not tabs of a script, so each is an address that can be kept.

use leptos::prelude::*;

/// One way to look at a list.
#[derive(Debug, Clone)]
pub struct Tab {
    /// Its address.
    pub href: String,
    /// Its name.
    pub label: &'static str,
    /// Whether it is the one in use.
    pub is_here: bool,
}

impl Tab {
    /// A tab.
    pub fn new(href: impl Into<String>, label: &'static str, is_here: bool) -> Self {
        Self {
            href: href.into(),
            label,
            is_here,
        }
    }
}

/// Tabs in their groups, of each of which one is in use. Nothing where there is no choice.
#[component]
pub fn Tabs(
    /// What is chosen, for those who do not see it.
    label: &'static str,
    groups: Vec<Vec<Tab>>,
) -> impl IntoView {
    let groups: Vec<_> = groups
        .into_iter()
        .filter(|tabs| tabs.len() > 1)
        .map(|tabs| {
            let links: Vec<_> = tabs
                .into_iter()
                .map(|tab| {
                    let here = tab.is_here.then_some("page");
                    view! { <li><a href=tab.href aria-current=here>{tab.label}</a></li> }
                })
                .collect();
            view! { <ul class="cluster">{links}</ul> }
        })
        .collect();
    (!groups.is_empty()).then(|| {
        view! { <nav class="tabs cluster" aria-label=label>{groups}</nav> }
    })
}
