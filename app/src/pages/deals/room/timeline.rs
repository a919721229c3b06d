//! What happened, step by step, and what is still to come.

use domain::deal::Event;
use leptos::prelude::*;

use super::super::words::Words;
use super::event_words::{Told, tell};
use crate::components::{Disclosure, Moment, Stage, Timeline, TimelineStep, state_word};

/// The latest events stand open; a longer history can be opened.
const OPEN_EVENTS: usize = 12;

pub(in crate::pages) fn section(words: Words<'_>) -> impl IntoView + use<> {
    let t = words.t();
    let deal = &words.view.deal;
    let mut steps: Vec<TimelineStep> = deal
        .events
        .iter()
        .filter_map(|event| Some(done(event, tell(words, event)?)))
        .collect();
    let hidden = steps.len().saturating_sub(OPEN_EVENTS);
    let earlier: Vec<_> = steps.drain(..hidden).collect();
    if !deal.state.is_final() {
        steps.push(current(words));
    }
    let earlier = (!earlier.is_empty()).then(|| {
        let label = t.deal_timeline_earlier();
        view! { <Disclosure id="earlier-steps" title=label><Timeline steps=earlier label/></Disclosure> }
    });
    view! {
        <section id="timeline" class="stack" aria-labelledby="timeline-heading">
            <h2 id="timeline-heading">{t.deal_timeline()}</h2>
            {earlier}
            <Timeline steps label=t.deal_timeline()/>
        </section>
    }
}

fn done(event: &Event, told: Told) -> TimelineStep {
    let at = event.at;
    TimelineStep {
        title: told.text,
        stage: Stage::Done,
        when: Some(view! { <Moment at/> }.into_any()),
        note: told.note,
    }
}

fn current(words: Words<'_>) -> TimelineStep {
    TimelineStep {
        title: state_word(words.t(), words.view.deal.state).to_owned(),
        stage: Stage::Current,
        when: None,
        note: None,
    }
}
