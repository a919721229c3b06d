//! A message that belongs to the whole page or section.

use leptos::prelude::*;

use super::Icon;

/// What a message is about. Each tone has its own icon: colour alone says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// Done, arrived, in order.
    Ok,
    /// Needs care, or a person's act.
    Care,
    /// Failed, refused, in danger.
    Bad,
    /// Disputed.
    Dispute,
    /// Over; nothing to say about it.
    Plain,
}

impl Tone {
    /// The word used in class names.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Ok => "ok",
            Self::Care => "care",
            Self::Bad => "bad",
            Self::Dispute => "dispute",
            Self::Plain => "plain",
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Info | Self::Dispute | Self::Plain => "info",
            Self::Ok => "check",
            Self::Care | Self::Bad => "alert",
        }
    }
}

/// A boxed message. `live` for one that answers what the person just did.
#[component]
pub fn Banner(
    #[prop(optional)] tone: Tone,
    #[prop(optional)] live: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("banner {}", tone.code()) role=live.then_some("status")>
            <Icon name=tone.icon()/>
            <div>{children()}</div>
        </div>
    }
}
