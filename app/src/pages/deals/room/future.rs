//! What happens if nobody acts: each pending deadline, its moment and what it brings, from the
//! function that the server decides by.

use domain::deal::{DeadlineKind, Deal, Foreseen, Outcome, Party, State};
use domain::{Span, Timestamp, Units};
use leptos::prelude::*;

use super::super::words::Words;
use crate::components::{Icon, Moment};

/// One step that comes by itself.
#[derive(Debug, Clone)]
pub(in super::super) struct Step {
    at: Timestamp,
    text: String,
    /// How much of the time until then was given back for our own downtime.
    downtime: Option<Added>,
}

/// Words for what was added to a deadline, and the page that says why.
#[derive(Debug, Clone)]
pub(super) struct Added {
    text: String,
    href: String,
}

impl Added {
    /// What was added to this deadline while it runs; none where nothing was.
    pub(super) fn to(words: Words<'_>, deal: &Deal, kind: &DeadlineKind) -> Option<Self> {
        let mut running = deal.clocks.running().iter();
        let deadline = running.find(|deadline| deadline.kind == *kind)?;
        (deadline.downtime > Span::ZERO).then(|| Self {
            text: words
                .t()
                .deal_future_downtime(words.length(deadline.downtime)),
            href: words.page.public("/status"),
        })
    }

    /// A link that stands behind the moment.
    pub(super) fn view(self) -> impl IntoView + use<> {
        view! { " "<a class="downtime" href=self.href>{self.text}</a> }
    }
}

/// Nothing for a deal in which nothing can happen any more.
pub(in crate::pages) fn panel(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let deal = &words.view.deal;
    let steps = foreseen_steps(words, deal, &words.view.if_nobody_acts);
    let without_date = without_date(words, !steps.is_empty());
    let title = words.t().when_if_nobody_acts();
    let is_empty = steps.is_empty() && without_date.is_none();
    (!is_empty).then(|| {
        view! {
            <section class="clock" aria-labelledby="future">
                <h2 id="future"><Icon name="clock"/>{title}</h2>
                {without_date.map(|text| view! { <p>{text}</p> })}
                {list(steps)}
            </section>
        }
    })
}

/// What can be said of silence beside the steps that have a date, or in their place.
fn without_date(words: Words<'_>, has_steps: bool) -> Option<&'static str> {
    let (t, deal) = (words.t(), &words.view.deal);
    if !deal.clocks.paused().is_empty() {
        return Some(t.deal_future_paused());
    }
    match deal.state {
        _ if has_steps || deal.state.is_final() => None,
        State::Settling => Some(t.deal_future_settling()),
        State::Loss => Some(t.deal_future_loss()),
        _ => Some(t.deal_future_waits()),
    }
}

/// Steps as a list: moment first.
pub(in super::super) fn list(steps: Vec<Step>) -> Option<impl IntoView + use<>> {
    let steps: Vec<_> = steps
        .into_iter()
        .map(|step| {
            let downtime = step.downtime.map(Added::view);
            view! {
                <li>
                    <p class="when"><Moment at=step.at/>{downtime}</p>
                    <p>{step.text}</p>
                </li>
            }
        })
        .collect();
    (!steps.is_empty()).then(|| view! { <ol class="foreseen">{steps}</ol> })
}

/// All steps that come by themselves, in the order of time.
pub(in super::super) fn foreseen_steps(
    words: Words<'_>,
    deal: &Deal,
    foreseen: &[Foreseen],
) -> Vec<Step> {
    foreseen
        .iter()
        .map(|step| {
            // A later turn of the same deadline has lost nothing yet.
            let is_running = deal.clocks.at(&step.deadline) == Some(step.at);
            Step {
                at: step.at,
                text: sentence(words, deal, step),
                downtime: Added::to(words, deal, &step.deadline).filter(|_| is_running),
            }
        })
        .collect()
}

fn sentence(words: Words<'_>, deal: &Deal, step: &Foreseen) -> String {
    let t = words.t();
    if let Some((outcome, buyer, seller)) = step.settles {
        return settlement(words, &step.deadline, outcome, buyer, seller);
    }
    match (&step.deadline, step.state) {
        (DeadlineKind::Hold, _) => t.deal_future_hold().to_owned(),
        (DeadlineKind::Answer, _) => t.deal_future_answer().to_owned(),
        (DeadlineKind::LateFunds, _) => {
            let late = Units::sum(deal.late_undecided().into_iter().map(|(_, units)| units));
            let late = words.net(late.unwrap_or_default());
            t.deal_future_late(late, words.name(Party::Buyer))
        }
        (DeadlineKind::Claim { leg }, _) => match deal.leg(leg) {
            Some(leg) => t.deal_future_unclaimed(words.money(leg.gross), words.name(leg.payee)),
            // A payout that is planned only on the way there.
            None => t.deal_future_set_aside().to_owned(),
        },
        (_, State::Expired) => t.deal_future_expires().to_owned(),
        (DeadlineKind::Detected, _) => t.deal_future_undetected().to_owned(),
        (DeadlineKind::Suspension, State::Disputed) => t.deal_future_gone_dispute().to_owned(),
        (DeadlineKind::Suspension, State::Loss) => t.deal_future_gone_loss().to_owned(),
        (DeadlineKind::Suspension, _) => t.deal_future_gone().to_owned(),
        (DeadlineKind::Inspection, State::Disputed) => t.deal_future_unseen().to_owned(),
        (_, State::Disputed) => t.deal_future_dispute().to_owned(),
        (_, State::Ruled) => t.deal_future_evidence().to_owned(),
        _ => t.deal_future_over().to_owned(),
    }
}

fn settlement(
    words: Words<'_>,
    deadline: &DeadlineKind,
    outcome: Outcome,
    buyer: Units,
    seller: Units,
) -> String {
    let t = words.t();
    let paid = match outcome {
        Outcome::Release => t.deal_future_released(words.net(seller), words.name(Party::Seller)),
        Outcome::Refund => t.deal_future_refunded(words.net(buyer), words.name(Party::Buyer)),
        Outcome::Split => t.deal_future_split(
            words.net(buyer),
            words.name(Party::Buyer),
            words.net(seller),
            words.name(Party::Seller),
        ),
    };
    match deadline {
        DeadlineKind::ShipBy => t.deal_future_not_shipped(paid),
        DeadlineKind::TopUp => t.deal_future_not_topped_up(paid),
        DeadlineKind::Inspection => t.deal_future_inspected(paid),
        DeadlineKind::Appeal => t.deal_future_unappealed(paid),
        _ => paid,
    }
}
