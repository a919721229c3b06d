//! What must hold of every step, seen from outside.

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::deal::{
    Actor, Command, DeadlineKind, Deal, Event, EventBody, LegState, MAX_BYTES, Rejection, State,
};
use domain::digest::Digest;
use domain::ledger::{Account, Ledger};
use domain::{Span, Units};

use super::moves::Move;
use crate::world::World;

/// What is wrong, in words.
pub(crate) type Fault = String;

/// What came of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Something happened.
    Changed,
    /// It was known already.
    Nothing,
    /// It was refused.
    Refused(Rejection),
}

/// Tries a move, judges what came of it, and goes on with the deal after it.
///
/// A broken invariant stops the machine; here it is caught, so that the way to it can be told.
pub(crate) fn try_move(world: &mut World, step: &Move) -> Result<Outcome, Fault> {
    step.wait.pass(world);
    try_command(world, step.actor, step.command.clone())
}

/// The same without any time passing before.
pub(crate) fn try_command(
    world: &mut World,
    actor: Actor,
    command: Command,
) -> Result<Outcome, Fault> {
    let must_be_taken = command.is_fact() && actor == Actor::System;
    let decided = catch_unwind(AssertUnwindSafe(|| world.try_as(actor, command)));
    match decided {
        Err(panic) => Err(text_of(&*panic)),
        Ok(Err(rejection)) if must_be_taken => Err(format!("a fact was refused: {rejection}")),
        Ok(Err(rejection)) => Ok(Outcome::Refused(rejection)),
        Ok(Ok(change)) => {
            require(change.expected_version == world.deal.version, "version")?;
            let came_of_it = change.deal.events.get(world.deal.events.len()..);
            require(came_of_it == Some(&change.events[..]), "the new events")?;
            if change.events.is_empty() {
                require(change.deal == world.deal, "no event, yet a change")?;
                return Ok(Outcome::Nothing);
            }
            judge(&world.deal, &change.deal)?;
            world.deal = change.deal;
            Ok(Outcome::Changed)
        }
    }
}

fn text_of(panic: &dyn std::any::Any) -> Fault {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words")
        .to_owned()
}

pub(crate) fn require(holds: bool, what: &str) -> Result<(), Fault> {
    if holds {
        Ok(())
    } else {
        Err(format!("broken: {what}"))
    }
}

/// What must hold between a deal and the same deal later.
fn judge(before: &Deal, after: &Deal) -> Result<(), Fault> {
    require(after.check() == Ok(()), "an invariant")?;
    require(after.version == before.version + 1, "one version more")?;
    require(after.updated_at >= before.updated_at, "time runs back")?;
    require(extends_log(before, after), "the log is unbroken")?;
    require(
        after
            .ledger
            .journals()
            .starts_with(before.ledger.journals()),
        "the ledger is only added to",
    )?;
    require(
        before.settlement.is_none() || after.settlement == before.settlement,
        "one settlement",
    )?;
    require(stays_over(before, after), "a final state is left")?;
    require(paid_only_grows(before, after), "a payout is taken back")?;
    require(rules_what_is_held(after), "ruled on another sum")?;
    require(leaves_a_day(after), "less than a day after a pause")?;
    require(ends_in_time(before, after), "a suspension is prolonged")?;
    legs_go_on(before, after)
}

fn extends_log(before: &Deal, after: &Deal) -> bool {
    let known = before.events.len();
    let link = |event: &Event| (event.seq, event.hash);
    let start = before.events.last().map_or((0, Digest::ZERO), link);
    let old = after.events.get(..known).and_then(<[Event]>::last);
    let mut last = start;
    let follows = after.events.iter().skip(known).all(|event| {
        let (seq, hash) = core::mem::replace(&mut last, link(event));
        event.seq == seq + 1 && event.follows(hash)
    });
    follows && old.map_or((0, Digest::ZERO), link) == start
}

/// Over is over, but for a loss and for late money that both go on with.
fn stays_over(before: &Deal, after: &Deal) -> bool {
    let new = after.events.iter().skip(before.events.len());
    let mut kinds = new.map(|event| event.body.kind());
    !before.state.is_final()
        || after.state == before.state
        || after.state == State::Loss
        || kinds.any(|kind| kind == "reopened" || kind == "loss_found")
}

fn paid_only_grows(before: &Deal, after: &Deal) -> bool {
    [
        Account::Released,
        Account::Refunded,
        Account::NetworkFees,
        Account::Fees,
        Account::Covered,
    ]
    .into_iter()
    .all(|account| after.balance(account) >= before.balance(account))
}

/// What was ruled, or is proposed, divides exactly what is held.
fn rules_what_is_held(deal: &Deal) -> bool {
    let Some(case) = deal.dispute() else {
        return true;
    };
    let kind = match (&case.proposed, &case.ruling, &case.first_ruling) {
        (Some(_), ..) => "ruling_proposed",
        (None, None, None) => return true,
        _ => "ruled",
    };
    let mut rulings = deal.events.iter().rev();
    let ruling = rulings.find(|event| event.body.kind() == kind);
    deal.state == State::Suspended
        || deal.state == State::Loss
        || ruling.is_some_and(|event| held_at(deal, event.seq) == deal.held())
}

/// After a pause, every deadline that it stopped is a day away.
fn leaves_a_day(deal: &Deal) -> bool {
    use DeadlineKind as D;
    let Some(last) = deal.events.last() else {
        return true;
    };
    let is_paused = deal.hold.is_some() || matches!(deal.state, State::Suspended | State::Loss);
    let was_stopped = |kind: &D| match last.body {
        EventBody::DisputeWithdrawn => matches!(kind, D::ShipBy | D::Delivery | D::Inspection),
        EventBody::HoldLifted | EventBody::HoldLapsed | EventBody::FundingRestored => {
            *kind != D::Reminder
        }
        _ => false,
    };
    let mut running = deal.clocks.running().iter();
    is_paused
        || running.all(|line| !was_stopped(&line.kind) || line.at.since(last.at) >= Span::hours(24))
}

/// Nothing but our own downtime gives a suspension more time; once it is over there may be another.
fn ends_in_time(before: &Deal, after: &Deal) -> bool {
    let end = |deal: &Deal| deal.clocks.at(&DeadlineKind::Suspension);
    let mut new = after.events.iter().skip(before.events.len());
    end(before).is_none_or(|at| end(after).is_none_or(|then| then <= at))
        || new.any(|event| {
            let body = &event.body;
            matches!(
                body,
                EventBody::DowntimeCredited { .. } | EventBody::FundingLost
            )
        })
}

/// What was held right after an event.
fn held_at(deal: &Deal, seq: u64) -> Units {
    let journals = deal.ledger.journals().iter();
    let mut ledger = Ledger::default();
    for journal in journals.filter(|journal| journal.event_seq <= seq) {
        ledger.post(journal.clone()).expect("it was posted once");
    }
    ledger.balance(Account::Held)
}

/// No leg goes away, and none is sent where nothing may be sent.
fn legs_go_on(before: &Deal, after: &Deal) -> Result<(), Fault> {
    for old in &before.legs {
        let Some(new) = after.leg(&old.id) else {
            return Err(format!("the leg {} is gone", old.id));
        };
        require(new.gross <= old.gross, "a leg pays more than before")?;
        require(new.payee == old.payee, "a leg changes its payee")?;
        let was_paid = old.state == LegState::Paid;
        require(!was_paid || new == old || new.tx == old.tx, "paid twice")?;
    }
    for new in &after.legs {
        let sends = before.leg(&new.id).map_or(0, |old| old.sends);
        require(new.sends <= sends + 1, "sent twice at once")?;
        if new.sends > sends {
            require(!after.state.stops_payouts(), "sent while nothing may be")?;
            require(after.hold.is_none(), "sent while held")?;
            require(new.destination.is_some(), "sent nowhere")?;
        }
    }
    Ok(())
}

/// What costs more to ask: the deal is what its log tells, comes back from the store as it was, and
/// fits there. Says how many bytes it has there.
pub(crate) fn look_closely(deal: &Deal) -> Result<usize, Fault> {
    require(deal.replay() == *deal, "the log tells another deal")?;
    require(deal.log_is_unbroken(), "the log is broken")?;
    let stored = serde_json::to_string(deal).map_err(|error| error.to_string())?;
    require(stored.len() < MAX_BYTES, "a deal of a megabyte")?;
    let back: Deal = serde_json::from_str(&stored).map_err(|error| error.to_string())?;
    require(back == *deal, "the store gives another deal back")?;
    Ok(stored.len())
}
