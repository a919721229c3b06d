//! What happens if nobody acts: each pending deadline, its moment and what it brings, from the
//! function that the server decides by.

use domain::Timestamp;
use domain::Units;
use domain::deal::{DeadlineKind, Deal, Foreseen, Outcome, Party, State};
use leptos::prelude::*;

use super::super::words::Words;
use crate::components::{Icon, Moment};

/// One step that comes by itself.
#[derive(Debug, Clone)]
pub(in super::super) struct Step {
    pub(in super::super) at: Timestamp,
    pub(in super::super) text: String,
}

pub(in crate::pages) fn panel(words: Words<'_>) -> Option<impl IntoView + use<>> {
    let steps = foreseen_steps(words, &words.view.deal, &words.view.if_nobody_acts);
    let paused = !words.view.deal.clocks.paused().is_empty();
    let title = words.t().when_if_nobody_acts();
    let paused = paused.then(|| view! { <p>{words.t().deal_future_paused()}</p> });
    let is_empty = steps.is_empty() && paused.is_none();
    (!is_empty).then(|| {
        view! {
            <section class="clock" aria-labelledby="future">
                <h2 id="future"><Icon name="clock"/>{title}</h2>
                {paused}
                {list(steps)}
            </section>
        }
    })
}

/// Steps as a list: moment first.
pub(in super::super) fn list(steps: Vec<Step>) -> impl IntoView + use<> {
    let steps: Vec<_> = steps
        .into_iter()
        .map(|step| {
            view! {
                <li>
                    <p class="when"><Moment at=step.at/></p>
                    <p>{step.text}</p>
                </li>
            }
        })
        .collect();
    view! { <ol class="foreseen">{steps}</ol> }
}

/// All steps that come by themselves, in the order of time.
pub(in super::super) fn foreseen_steps(
    words: Words<'_>,
    deal: &Deal,
    foreseen: &[Foreseen],
) -> Vec<Step> {
    foreseen
        .iter()
        .map(|step| Step {
            at: step.at,
            text: with_downtime(words, deal, step, sentence(words, deal, step)),
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

/// Says how much of a deadline was given back for our own downtime.
fn with_downtime(words: Words<'_>, deal: &Deal, step: &Foreseen, text: String) -> String {
    let running = deal.clocks.running().iter();
    let given_back = running
        .filter(|deadline| deadline.kind == step.deadline && deadline.at == step.at)
        .map(|deadline| deadline.downtime)
        .find(|downtime| downtime.ms() > 0);
    match given_back {
        Some(downtime) => {
            let added = words.t().deal_future_downtime(words.length(downtime));
            format!("{text} {added}")
        }
        None => text,
    }
}
