//! Everywhere, a few moves deep: each deal that differs in what can happen next is visited once.

use std::collections::{BTreeSet, VecDeque};

use super::moves::{Move, Wait, menu};
use super::oracle::{Outcome, look_closely, try_move};
use super::rest::comes_to_rest;
use super::signature::signature;
use super::walk::Trace;
use crate::world::World;

/// What exploring has come across.
#[derive(Debug, Default)]
pub(crate) struct Explored {
    pub(crate) deals: usize,
    pub(crate) moves: usize,
    pub(crate) rests: usize,
    pub(crate) deepest: usize,
    pub(crate) left_over: usize,
}

/// A deal that was reached, and how.
struct Reached {
    start: &'static str,
    world: World,
    way: Vec<Move>,
}

/// Visits deals up to `depth` moves from the starts, at most `deals_max` of them; asks of every
/// `rest_every`-th whether it comes to rest.
pub(crate) fn explore(
    starts: &[(&'static str, World)],
    depth: usize,
    deals_max: usize,
    rest_every: usize,
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
    known.extend(queue.iter().map(|reached| sign(&reached.world)));
    let mut explored = Explored::default();
    while let Some(reached) = queue.pop_front() {
        if explored.deals == deals_max {
            explored.left_over = queue.len() + 1;
            break;
        }
        explored.deals += 1;
        explored.deepest = reached.way.len();
        if explored.deals.is_multiple_of(rest_every.max(1)) {
            explored.rests += 1;
            visit(&reached)?;
        }
        if reached.way.len() < depth {
            for next in moves_from(&reached.world) {
                explored.moves += 1;
                if let Some(next) = follow(&reached, next)?
                    && known.insert(sign(&next.world))
                {
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

fn visit(reached: &Reached) -> Result<(), Box<Trace>> {
    let close = look_closely(&reached.world.deal);
    let rest = close.and_then(|()| comes_to_rest(&reached.world).map(|_| ()));
    rest.map_err(|fault| {
        Box::new(Trace {
            start: reached.start,
            moves: reached.way.clone(),
            fault,
        })
    })
}
