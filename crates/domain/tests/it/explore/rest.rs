//! Liveness: timers and the operator alone bring every deal to rest.

use domain::deal::{Actor, Command, Leg, LegState, State};
use domain::ledger::Account;
use domain::{Span, Timestamp};

use super::oracle::{Fault, Outcome, try_command};
use crate::world::{World, admin, paid};

/// More steps than any deal needs to come to rest.
const STEPS_MAX: usize = 600;
/// More time than any deal needs, even held four times before a dispute of two tiers.
const YEARS: Span = Span::days(3 * 365);

/// Lets nobody act but timers and the operator, until the deal is over and every leg is settled.
///
/// The operator writes reminders, reads the address, approves, sends and asks about payouts, and
/// covers a loss in full. Nobody rules, answers, claims or gives an address.
pub(crate) fn comes_to_rest(world: &World) -> Result<usize, Fault> {
    let mut world = world.clone();
    let end = world.now.plus(YEARS);
    for steps in 0..STEPS_MAX {
        if is_at_rest(&world) {
            return Ok(steps);
        }
        if operate(&mut world)? {
            continue;
        }
        let Some(next) = next_moment(&world) else {
            return Err(format!("stuck in {:?}", world.deal.state));
        };
        world.now = world.now.max(next);
        if world.now > end {
            return Err(format!("not at rest after years: {:?}", world.deal.state));
        }
        try_command(&mut world, Actor::System, Command::Tick)?;
    }
    Err(format!("does not come to rest: {:?}", world.deal.state))
}

fn is_at_rest(world: &World) -> bool {
    let deal = &world.deal;
    deal.state.is_final()
        && deal.next_at().is_none()
        && deal.legs.iter().all(|leg| leg.state.is_settled())
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
