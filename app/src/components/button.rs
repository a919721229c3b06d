//! Buttons, and links that look like them.

use leptos::either::Either;
use leptos::prelude::*;

/// How much a button asks to be pressed. A page has at most one primary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// The one next step.
    #[default]
    Primary,
    /// Also possible.
    Quiet,
    /// Cannot be undone, or gives something up.
    Danger,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Quiet => "button quiet",
            Self::Danger => "button danger",
        }
    }
}

/// Sends the form it stands in; with `href` it is a link. `name` and `value` tell buttons of one
/// form apart.
#[component]
pub fn Button(
    #[prop(optional)] look: Look,
    #[prop(optional, into)] href: Option<String>,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    children: Children,
) -> impl IntoView {
    match href {
        Some(href) => Either::Left(view! { <a class=look.class() href=href>{children()}</a> }),
        None => Either::Right(view! {
            <button type="submit" class=look.class() name=name value=value>{children()}</button>
        }),
    }
}
