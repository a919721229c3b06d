//! The steps of a deal: done, current, still to come.

use leptos::prelude::*;

use super::Icon;
use crate::i18n::Locale;

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Behind us.
    Done,
    /// Now.
    Current,
    /// May come.
    Future,
}

/// One step.
#[derive(Debug)]
pub struct TimelineStep {
    /// What.
    pub title: String,
    /// Where it stands.
    pub stage: Stage,
    /// When it was or will be; usually a `Moment`.
    pub when: Option<AnyView>,
    /// More about it.
    pub note: Option<String>,
}

/// Steps in the order of time.
#[component]
pub fn Timeline(steps: Vec<TimelineStep>, #[prop(into)] label: String) -> impl IntoView {
    let t: Locale = expect_context();
    let steps: Vec<_> = steps
        .into_iter()
        .map(|step| {
            let (class, icon, word, current) = match step.stage {
                Stage::Done => ("done", "check", t.timeline_done(), None),
                Stage::Current => ("current", "deal-held", t.timeline_current(), Some("step")),
                Stage::Future => ("future", "deal-awaiting", t.timeline_future(), None),
            };
            view! {
                <li class=class aria-current=current>
                    <Icon name=icon/>
                    <div>
                        <p class="title">
                            {step.title}
                            <span class="visually-hidden">" "{word}</span>
                        </p>
                        {step.when.map(|when| view! { <p class="hint">{when}</p> })}
                        {step.note.map(|note| view! { <p>{note}</p> })}
                    </div>
                </li>
            }
        })
        .collect();
    view! { <ol class="timeline" aria-label=label>{steps}</ol> }
}
