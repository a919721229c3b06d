//! What happens if nobody acts: the answer of the very function that the server decides by.

use super::Deal;
use super::clock::{Deadline, DeadlineKind};
use super::command::{Actor, Command, Context, Limits};
use super::state::{Outcome, State};
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
    /// Where the deal would then be: perhaps where it is, as when a hold lapses.
    pub state: State,
    /// How the money would be divided, if this step fixes it: outcome, buyer's part, seller's part.
    pub settles: Option<(Outcome, Units, Units)>,
}

/// Every step that pending deadlines would bring, up to the one that fixes the outcome, if nobody
/// acts from now on and the jobs do their work: reminders are written when they are due, and the
/// address is read before a quote ends. Deadlines between staff are left out.
pub fn outcomes_if_nobody_acts(deal: &Deal, now: Timestamp) -> Vec<Foreseen> {
    let was_settled = deal.settlement.is_some();
    let mut deal = deal.clone();
    let mut now = now;
    let mut foreseen = Vec::new();
    for _ in 0..STEPS_MAX {
        deal = with_reminder(deal, now);
        let Some(next) = deal.next_at() else { break };
        now = now.max(next);
        let Some((after, deadline)) = deal.after_next_timer(&undisturbed(now)) else {
            break;
        };
        deal = after;
        if is_told(&deadline.kind) {
            foreseen.push(foresee(&deal, deadline, now, was_settled));
        }
        if deal.settlement.is_some() && !was_settled {
            break;
        }
    }
    foreseen
}

/// Silence involves no limits: they bind people.
const LIMITS: Limits = Limits {
    payout_auto: Units::ZERO,
    payout_one_key: Units::ZERO,
    ruling_alone: Units::ZERO,
};

const fn undisturbed(now: Timestamp) -> Context<'static> {
    Context {
        now,
        expected_version: None,
        address_read_at: Some(now),
        limits: &LIMITS,
    }
}

/// The reminder that is due is written at once. Where none is, this is a fact of no consequence.
fn with_reminder(deal: Deal, now: Timestamp) -> Deal {
    let asked = deal.waits_for_reminder();
    let written = asked.then(|| {
        let fact = Command::ReminderWritten;
        deal.decide(Actor::System, fact, &undisturbed(now))
    });
    match written {
        Some(Ok(change)) => change.deal,
        Some(Err(_)) | None => deal,
    }
}

/// What passes between an approver and a resolver is theirs, and a reminder speaks for itself.
const fn is_told(kind: &DeadlineKind) -> bool {
    !matches!(
        kind,
        DeadlineKind::Reminder | DeadlineKind::Approval | DeadlineKind::RulingPause
    )
}

fn foresee(deal: &Deal, deadline: Deadline, at: Timestamp, was_settled: bool) -> Foreseen {
    let settlement = deal.settlement.filter(|_| !was_settled);
    Foreseen {
        at,
        deadline: deadline.kind,
        state: deal.state,
        settles: settlement.map(|fixed| (fixed.outcome, fixed.buyer, fixed.seller)),
    }
}
