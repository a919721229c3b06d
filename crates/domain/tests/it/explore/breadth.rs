//! Everywhere, a few moves deep: each deal that differs in what can happen next is visited once.

use std::collections::{BTreeSet, VecDeque};

use super::moves::{Move, Wait, menu};
use super::oracle::{Fault, Outcome, look_closely, try_move};
use super::rest::Rests;
use super::signature::signature;
use super::walk::Trace;
use crate::world::World;

/// What exploring has come across.
#[derive(Debug, Default)]
pub(crate) struct Explored {
    pub(crate) deals: usize,
    pub(crate) moves: usize,
    pub(crate) looks: usize,
    pub(crate) deepest: usize,
    pub(crate) left_over: usize,
}

/// A deal that was reached, and how.
struct Reached {
    start: &'static str,
    world: World,
    way: Vec<Move>,
}

impl Reached {
    fn ask(&self, rests: &mut Rests) -> Result<(), Box<Trace>> {
        let asked = rests.ask(&self.world);
        asked.map_err(|fault| Box::new(self.trace(fault)))
    }

    fn look(&self) -> Result<(), Box<Trace>> {
        let looked = look_closely(&self.world.deal);
        let looked = looked.map(|_| ());
        looked.map_err(|fault| Box::new(self.trace(fault)))
    }

    fn trace(&self, fault: Fault) -> Trace {
        Trace {
            start: self.start,
            moves: self.way.clone(),
            fault,
        }
    }
}

/// Visits deals up to `depth` moves from the starts, at most `deals_max` of them; asks every deal
/// that a move leads to whether it comes to rest, and looks closely at every `look_every`-th that
/// it visits.
pub(crate) fn explore(
    starts: &[(&'static str, World)],
    depth: usize,
    deals_max: usize,
    look_every: usize,
    rests: &mut Rests,
    progress: impl Fn(&Explored),
) -> Result<Explored, Box<Trace>> {
    let mut known = BTreeSet::new();
    let mut queue: VecDeque<Reached> = starts
        .iter()
        .map(|(start, world)| Reached {
            start,
            world: world.clone(),
            way: Vec::new(),
        })
        .collect();
    for start in &queue {
        known.insert(sign(&start.world));
        start.ask(rests)?;
    }
    let mut explored = Explored::default();
    while let Some(reached) = queue.pop_front() {
        if explored.deals == deals_max {
            explored.left_over = queue.len() + 1;
            break;
        }
        explored.deals += 1;
        explored.deepest = reached.way.len();
        if explored.deals.is_multiple_of(look_every.max(1)) {
            explored.looks += 1;
            reached.look()?;
        }
        if reached.way.len() < depth {
            for next in moves_from(&reached.world) {
                explored.moves += 1;
                let Some(next) = follow(&reached, next)? else {
                    continue;
                };
                next.ask(rests)?;
                if known.insert(sign(&next.world)) {
                    queue.push_back(next);
                }
            }
        }
        progress(&explored);
    }
    Ok(explored)
}

fn sign(world: &World) -> u64 {
    signature(&world.deal, world.now)
}

/// Every command now, and every way in which time passes.
fn moves_from(world: &World) -> Vec<Move> {
    let now = menu(world).into_iter().map(|(actor, command)| Move {
        wait: Wait::Nothing,
        actor,
        command,
    });
    let later = Wait::ALL.into_iter().skip(1).map(|wait| Move {
        wait,
        actor: domain::deal::Actor::System,
        command: domain::deal::Command::Tick,
    });
    now.chain(later).collect()
}

fn follow(reached: &Reached, step: Move) -> Result<Option<Reached>, Box<Trace>> {
    let mut world = reached.world.clone();
    let outcome = try_move(&mut world, &step);
    let mut way = reached.way.clone();
    way.push(step);
    let start = reached.start;
    match outcome {
        Err(fault) => Err(Box::new(Trace {
            start,
            moves: way,
            fault,
        })),
        Ok(Outcome::Refused(_)) => Ok(None),
        // Time that passed may matter even where nothing happened.
        Ok(Outcome::Nothing | Outcome::Changed) => Ok(Some(Reached { start, world, way })),
    }
}
