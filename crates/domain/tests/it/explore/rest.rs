//! Liveness: timers and the operator alone bring every deal to rest.
//!
//! Every deal that is visited is asked. So that this can be paid for, it is remembered of which
//! deals it has been shown, and a deal is followed no further than to one that is
//! [like](super::likeness) one of those. Some are followed to the end all the same, which has to
//! come as was remembered: so a likeness that overlooks what counts is found too.

use std::collections::HashMap;

use domain::deal::{Actor, Command, Leg, LegState, State};
use domain::ledger::Account;
use domain::{Span, Timestamp};

use super::likeness::likeness;
use super::oracle::{Fault, Outcome, require, try_command};
use crate::world::{World, admin, paid};

/// More steps than any deal needs to come to rest.
const STEPS_MAX: usize = 600;
/// More time than any deal needs, even held four times before a dispute of two tiers.
const YEARS: Span = Span::days(3 * 365);
/// One of so many that are asked is followed to the end.
const IN_FULL_EVERY: usize = 50;

/// How a deal comes to rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rest {
    /// In so many steps.
    pub(crate) steps: usize,
    /// After so long.
    pub(crate) within: Span,
    /// There.
    pub(crate) state: State,
}

/// The deals of which it has been shown that they come to rest.
#[derive(Debug, Default)]
pub(crate) struct Rests {
    known: HashMap<u64, Rest>,
    /// How many deals were asked.
    pub(crate) asked: usize,
    /// How many of them were followed to the end, whatever was known.
    pub(crate) in_full: usize,
    /// The most steps that one needed.
    pub(crate) longest: usize,
}

impl Rests {
    /// How many different deals are known to come to rest, those on the way of others included and
    /// those at rest aside.
    pub(crate) fn known(&self) -> usize {
        self.known.len()
    }

    /// Lets nobody act but timers and the operator, until the deal is over and every leg is
    /// settled.
    ///
    /// The operator writes reminders, reads the address, approves, sends and asks about payouts,
    /// and covers a loss in full. Nobody rules, answers, claims or gives an address.
    pub(crate) fn ask(&mut self, world: &World) -> Result<(), Fault> {
        let rest = self.follow(world)?;
        self.asked += 1;
        self.longest = self.longest.max(rest.steps);
        if self.asked.is_multiple_of(IN_FULL_EVERY) {
            self.in_full += 1;
            let in_full = Self::default().follow(world)?;
            require(in_full == rest, "two deals are alike, and rest differs")?;
        }
        Ok(())
    }

    fn shown(&self, like: u64, world: &World) -> Option<Rest> {
        let known = self.known.get(&like).copied();
        known.or_else(|| {
            rests_in(world).map(|state| Rest {
                steps: 0,
                within: Span::ZERO,
                state,
            })
        })
    }

    fn follow(&mut self, world: &World) -> Result<Rest, Fault> {
        let mut like = likeness(world);
        if let Some(rest) = self.shown(like, world) {
            return Ok(rest);
        }
        let mut later = world.clone();
        let mut way = Vec::new();
        let rest = loop {
            if let Some(rest) = self.shown(like, &later) {
                break rest;
            }
            way.push((like, later.now));
            let spent = later.now.since(world.now);
            let state = later.deal.state;
            if way.len() > STEPS_MAX || spent > YEARS {
                return Err(format!("not at rest after years: {state:?}"));
            }
            go_on(&mut later)?;
            like = likeness(&later);
        };
        let end = later.now.plus(rest.within);
        let mut whole = rest;
        for (ahead, (like, at)) in (1..).zip(way.into_iter().rev()) {
            whole = Rest {
                steps: rest.steps + ahead,
                within: end.since(at),
                ..rest
            };
            self.known.insert(like, whole);
        }
        let is_soon = whole.steps <= STEPS_MAX && whole.within <= YEARS;
        require(is_soon, "rest is years away")?;
        Ok(whole)
    }
}

/// One step of the operator's, or time passes until something is due.
fn go_on(world: &mut World) -> Result<(), Fault> {
    if operate(world)? {
        return Ok(());
    }
    let Some(next) = next_moment(world) else {
        return Err(format!("stuck in {:?}", world.deal.state));
    };
    world.now = world.now.max(next);
    try_command(world, Actor::System, Command::Tick)?;
    Ok(())
}

/// Where the deal is at rest, if it is.
fn rests_in(world: &World) -> Option<State> {
    let deal = &world.deal;
    let is_at_rest = deal.state.is_final()
        && deal.next_at().is_none()
        && deal.legs.iter().all(|leg| leg.state.is_settled());
    is_at_rest.then_some(deal.state)
}

fn next_moment(world: &World) -> Option<Timestamp> {
    let legs = world.deal.legs.iter();
    let waiting = legs.filter(|leg| leg.state == LegState::Approved);
    let sendable = waiting.filter_map(|leg| leg.not_before);
    let later = sendable.filter(|at| *at > world.now).min();
    [world.deal.next_at(), later].into_iter().flatten().min()
}

/// One round of what the operator's jobs and people do. True when something came of it.
fn operate(world: &mut World) -> Result<bool, Fault> {
    let mut changed = false;
    if world.deal.waits_for_reminder() {
        changed |= by_system(world, Command::ReminderWritten)?;
    }
    if world.deal.state == State::Loss {
        let cover = world.deal.balance(Account::Shortfall);
        changed |= by_two_keys(world, &Command::SettleLoss { cover })?;
    }
    for leg in world.deal.legs.clone() {
        changed |= move_leg(world, &leg)?;
    }
    Ok(changed)
}

fn move_leg(world: &mut World, leg: &Leg) -> Result<bool, Fault> {
    let id = leg.id.clone();
    match leg.state {
        LegState::Planned => {
            let approve = Command::ApproveLeg { leg: id };
            let by_limit = by_system(world, approve.clone())?;
            Ok(by_limit || by_two_keys(world, &approve)?)
        }
        LegState::Approved => by_system(world, Command::StartSending { leg: id }),
        LegState::Sending | LegState::Unknown | LegState::Joined => {
            let result = paid(&format!("found: {id}"));
            let sending = leg.sends;
            by_system(
                world,
                Command::LegReported {
                    leg: id,
                    sending,
                    result,
                },
            )
        }
        LegState::Paid
        | LegState::Blocked
        | LegState::NeedsAddress
        | LegState::Unclaimed
        | LegState::Void => Ok(false),
    }
}

fn by_system(world: &mut World, command: Command) -> Result<bool, Fault> {
    Ok(try_command(world, Actor::System, command)? == Outcome::Changed)
}

fn by_two_keys(world: &mut World, command: &Command) -> Result<bool, Fault> {
    let mut changed = false;
    for name in ["joe", "kim", "lea"] {
        changed |= try_command(world, admin(name), command.clone())? == Outcome::Changed;
    }
    Ok(changed)
}
