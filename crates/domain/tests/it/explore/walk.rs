//! Random walks: people who try everything, a gateway that repeats and contradicts itself, a chain
//! that takes back, clocks that jump, processes that die.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::mem::discriminant;

use domain::deal::{Actor, Command, Deal};

use super::moves::{Move, Wait, menu};
use super::oracle::{Fault, Outcome, look_closely, try_move};
use super::random::Random;
use super::rest::Rests;
use crate::world::World;

/// Moves of one walk before another begins.
const MOVES_PER_WALK: usize = 120;

/// What walking has come across.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) steps: usize,
    pub(crate) changes: usize,
    pub(crate) largest_deal: usize,
    pub(crate) states: BTreeMap<String, usize>,
    pub(crate) events: BTreeSet<String>,
    pub(crate) refusals: BTreeSet<&'static str>,
}

/// The way to a fault, as short as it could be made.
#[derive(Debug)]
pub(crate) struct Trace {
    pub(crate) start: &'static str,
    pub(crate) moves: Vec<Move>,
    pub(crate) fault: Fault,
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\nfrom \"{}\" by", self.fault, self.start)?;
        for step in &self.moves {
            writeln!(f, "  {:?} {:?} {:?}", step.wait, step.actor, step.command)?;
        }
        Ok(())
    }
}

/// Walks until `steps` moves were tried, and asks each deal on the way whether it comes to rest;
/// the same seed walks the same way.
pub(crate) fn walk(
    starts: &[(&'static str, World)],
    seed: u64,
    steps: usize,
    rests: &mut Rests,
    progress: impl Fn(&Found),
) -> Result<Found, Box<Trace>> {
    let mut random = Random::new(seed);
    let mut found = Found::default();
    while found.steps < steps {
        let Some((name, start)) = random.pick(starts) else {
            break;
        };
        let length = MOVES_PER_WALK.min(steps - found.steps);
        let mut walk = Walk {
            world: start.clone(),
            trace: Vec::new(),
            random: &mut random,
            rests,
            found: &mut found,
        };
        if let Err(fault) = walk.go(length) {
            let moves = shrink(start, walk.trace);
            let fault = first_fault(start, &moves).unwrap_or(fault);
            return Err(Box::new(Trace {
                start: name,
                moves,
                fault,
            }));
        }
        progress(&found);
    }
    Ok(found)
}

/// One walk, from one start.
struct Walk<'a> {
    world: World,
    trace: Vec<Move>,
    random: &'a mut Random,
    rests: &'a mut Rests,
    found: &'a mut Found,
}

impl Walk<'_> {
    fn go(&mut self, length: usize) -> Result<(), Fault> {
        self.rests.ask(&self.world)?;
        for _ in 0..length {
            self.step()?;
            self.rests.ask(&self.world)?;
            if self.random.percent(4) {
                self.look()?;
            }
            if self.random.percent(2) {
                self.world.deal = after_a_crash(&self.world.deal)?;
            }
            if self.world.deal.state.is_final() && self.random.percent(5) {
                break;
            }
        }
        self.look()
    }

    fn step(&mut self) -> Result<(), Fault> {
        let step = choose(&self.world, self.random, &self.trace);
        self.trace.push(step.clone());
        self.found.steps += 1;
        let known = self.world.deal.events.len();
        match try_move(&mut self.world, &step)? {
            Outcome::Refused(rejection) => {
                self.found.refusals.insert(rejection.code());
            }
            Outcome::Nothing => {}
            Outcome::Changed => {
                self.found.changes += 1;
                note(&self.world.deal, known, self.found);
            }
        }
        Ok(())
    }

    fn look(&mut self) -> Result<(), Fault> {
        let bytes = look_closely(&self.world.deal)?;
        self.found.largest_deal = self.found.largest_deal.max(bytes);
        Ok(())
    }
}

fn note(deal: &Deal, known: usize, found: &mut Found) {
    *found.states.entry(format!("{:?}", deal.state)).or_default() += 1;
    let new = deal.events.iter().skip(known);
    found.events.extend(new.map(|event| event.body.kind()));
}

/// What a process that starts again reads from the store.
fn after_a_crash(deal: &Deal) -> Result<Deal, Fault> {
    let stored = serde_json::to_string(deal).map_err(|error| error.to_string())?;
    serde_json::from_str(&stored).map_err(|error| error.to_string())
}

/// A move that makes sense more often than not; sometimes one that was made before is repeated, as
/// after a crash or by a gateway that tells things twice.
fn choose(world: &World, random: &mut Random, before: &[Move]) -> Move {
    let wait = if random.percent(45) {
        *random.pick(&Wait::ALL).unwrap_or(&Wait::Nothing)
    } else {
        Wait::Nothing
    };
    if random.percent(8)
        && let Some(earlier) = random.pick(before)
    {
        return Move {
            wait,
            ..earlier.clone()
        };
    }
    // Several tries, so that walks do not consist of refusals.
    let menu = menu(world);
    let mut chosen = (Actor::System, Command::Tick);
    for _ in 0..4 {
        chosen = one_of_a_kind(&menu, |choices| random.below(choices)).unwrap_or(chosen);
        if world.would_change(chosen.0, chosen.1.clone()) || random.percent(15) {
            break;
        }
    }
    let (actor, command) = chosen;
    Move {
        wait,
        actor,
        command,
    }
}

/// First a kind of command, then one of that kind: each kind is as likely, however many ways there
/// are to give it. `pick` chooses one of so many.
pub(crate) fn one_of_a_kind(
    menu: &[(Actor, Command)],
    mut pick: impl FnMut(usize) -> usize,
) -> Option<(Actor, Command)> {
    let kind = |entry: &(Actor, Command)| discriminant(&entry.1);
    let mut kinds: Vec<_> = Vec::new();
    for entry in menu {
        if !kinds.contains(&kind(entry)) {
            kinds.push(kind(entry));
        }
    }
    let wanted = *kinds.get(pick(kinds.len()))?;
    let of_kind: Vec<_> = menu.iter().filter(|entry| kind(entry) == wanted).collect();
    let chosen = of_kind.get(pick(of_kind.len()))?;
    Some((*chosen).clone())
}

/// Replays moves; the fault that they lead to, if any, a deal that does not come to rest included.
fn first_fault(start: &World, moves: &[Move]) -> Option<Fault> {
    let mut world = start.clone();
    for step in moves {
        if let Err(fault) = try_move(&mut world, step) {
            return Some(fault);
        }
    }
    look_closely(&world.deal)
        .and_then(|_| Rests::default().ask(&world))
        .err()
}

/// Takes moves out, first many and then one by one, while a fault remains.
fn shrink(start: &World, mut moves: Vec<Move>) -> Vec<Move> {
    let mut chunk = moves.len() / 2;
    while chunk > 0 {
        let mut at = 0;
        while at < moves.len() {
            let mut fewer = moves.clone();
            fewer.drain(at..(at + chunk).min(moves.len()));
            if first_fault(start, &fewer).is_some() {
                moves = fewer;
            } else {
                at += chunk;
            }
        }
        chunk = if chunk == 1 { 0 } else { chunk.div_ceil(2) };
    }
    moves
}
