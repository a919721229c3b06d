//! What happened, step by step, and what is still to come.

use domain::deal::{DeadlineKind, Deal, Event, Outcome, State};
use leptos::prelude::*;

use super::super::words::Words;
use super::event_words::{Told, tell};
use super::future::Added;
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
    let future = usual_way(&words.view.deal).into_iter();
    steps.extend(future.map(|(state, by)| to_come(words, state, by.as_ref())));
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

fn to_come(words: Words<'_>, state: State, by: Option<&DeadlineKind>) -> TimelineStep {
    let t = words.t();
    let deal = &words.view.deal;
    let due = t.deal_timeline_due();
    let at = by.and_then(|kind| deal.clocks.at(kind));
    let added = by.and_then(|kind| Added::to(words, deal, kind));
    TimelineStep {
        title: state_word(t, state).to_owned(),
        stage: Stage::Future,
        when: at.map(|at| view! { {due}" "<Moment at/>{added.map(Added::view)} }.into_any()),
        note: None,
    }
}

/// The states that a deal passes from here on when everybody does their part, each with the
/// deadline by which it is due, as far as that is fixed. Nothing where the way depends on a
/// decision.
fn usual_way(deal: &Deal) -> Vec<(State, Option<DeadlineKind>)> {
    let by = Some;
    let held = (State::Funded, by(DeadlineKind::Quote));
    let shipped = (State::InDelivery, by(DeadlineKind::ShipBy));
    let delivered = (State::Inspection, by(DeadlineKind::Delivery));
    let released = (State::Released, None);
    match deal.state {
        State::AwaitingPayment | State::Detected | State::Underpaid => {
            vec![held, shipped, delivered, released]
        }
        State::Funded => vec![shipped, delivered, released],
        State::InDelivery => vec![delivered, released],
        State::Inspection => {
            // Unseen, it would come to a dispute instead.
            let is_seen = deal.inspection.is_some_and(|inspection| inspection.seen);
            let by = by(DeadlineKind::Inspection).filter(|_| is_seen);
            vec![(State::Released, by)]
        }
        State::Disputed => vec![
            (State::Ruled, by(DeadlineKind::Ruling)),
            (State::Settling, None),
        ],
        State::Ruled => vec![(State::Settling, by(DeadlineKind::Appeal))],
        State::Settling => {
            let outcome = deal.settlement.map(|fixed| fixed.outcome);
            let end = outcome.map(|outcome| match outcome {
                Outcome::Release => State::Released,
                Outcome::Refund => State::Refunded,
                Outcome::Split => State::Split,
            });
            end.map(|end| (end, None)).into_iter().collect()
        }
        State::Suspended
        | State::Loss
        | State::Released
        | State::Refunded
        | State::Split
        | State::Expired
        | State::Cancelled => Vec::new(),
    }
}
