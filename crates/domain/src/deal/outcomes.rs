//! What happens if nobody acts: the answer of the very function that the server decides by.

use super::clock::DeadlineKind;
use super::command::{Actor, Command, Context, Limits};
use super::event::EventBody;
use super::state::{Outcome, State};
use super::{Deadline, Deal};
use crate::money::Units;
use crate::time::Timestamp;

/// Steps looked ahead at the most.
const STEPS_MAX: usize = 24;

/// One step that would come by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreseen {
    /// When.
    pub at: Timestamp,
    /// Which deadline brings it.
    pub deadline: DeadlineKind,
    /// Where the deal would then be.
    pub state: State,
    /// How the money would be divided, if this step fixes it: outcome, buyer's part, seller's part.
    pub settles: Option<(Outcome, Units, Units)>,
}

/// Every step that pending deadlines would bring, up to the one that fixes the outcome, if nobody
/// acts from now on. Steps that change nothing a person would notice are left out.
pub fn outcomes_if_nobody_acts(deal: &Deal, now: Timestamp) -> Vec<Foreseen> {
    // Silence involves no limits: they bind people.
    let limits = Limits {
        payout_auto: Units::ZERO,
        payout_one_key: Units::ZERO,
        ruling_alone: Units::ZERO,
    };
    let mut deal = deal.clone();
    let mut now = now;
    let mut foreseen = Vec::new();
    for _ in 0..STEPS_MAX {
        let Some(next) = deal.clocks.running().first().cloned() else {
            break;
        };
        now = now.max(next.at);
        let context = Context {
            now,
            expected_version: None,
            address_read_at: Some(now),
            limits: &limits,
        };
        let before = deal.state;
        deal = pass(deal, &context);
        if deal.state != before {
            foreseen.push(foresee(&deal, next));
        }
        if deal.settlement.is_some() || deal.state.is_final() {
            break;
        }
    }
    foreseen
}

/// Lets the due deadlines pass; the reminder that one asks for is written at once.
fn pass(deal: Deal, context: &Context<'_>) -> Deal {
    let after = |deal: Deal, fact: Command| {
        let change = deal.decide(Actor::System, fact, context);
        change.map_or(deal, |change| change.deal)
    };
    let known = deal.events.len();
    let deal = after(deal, Command::Tick);
    let asks = |body: &EventBody| matches!(body, EventBody::ReminderDue);
    if deal
        .events
        .iter()
        .skip(known)
        .any(|event| asks(&event.body))
    {
        after(deal, Command::ReminderWritten)
    } else {
        deal
    }
}

fn foresee(deal: &Deal, deadline: Deadline) -> Foreseen {
    let settles = deal
        .settlement
        .map(|fixed| (fixed.outcome, fixed.buyer, fixed.seller));
    Foreseen {
        at: deadline.at,
        deadline: deadline.kind,
        state: deal.state,
        settles,
    }
}
