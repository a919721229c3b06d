//! Any sequence of commands, from any start, with clocks that jump: ten thousand of them.
//!
//! A sequence is planned as numbers and becomes moves only in the deal that it meets, so that what
//! is left of it after shrinking still makes sense.

use std::cell::{Cell, RefCell};
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestRunner};

use crate::explore::moves::{Move, Wait, menu};
use crate::explore::oracle::{Fault, Outcome, look_closely, try_move};
use crate::explore::rest::Rests;
use crate::explore::walk::{Trace, one_of_a_kind};
use crate::fixtures;
use crate::foresight::assert_comes_true;
use crate::world::World;

const SEQUENCES: u32 = 10_000;
const MOVES_MAX: usize = 60;
const SEED: u64 = 20_261_124;

/// Ways of passing time that are drawn: all there are, and as often none.
const WAITS: u8 = 18;

static STARTS: LazyLock<Vec<(&'static str, World)>> = LazyLock::new(fixtures::starts);

/// A move before it is known in which deal it is made: which kind, which of that kind, and when.
type Plan = (u16, u16, u8);

/// The planned move or, where that would be refused, the one after it: so that sequences do not
/// consist of refusals.
fn planned(world: &World, (kind, which, wait): Plan) -> Option<Move> {
    const TRIES: usize = 3;
    let wait = Wait::ALL.get(usize::from(wait)).copied();
    let wait = wait.unwrap_or(Wait::Nothing);
    let mut later = world.clone();
    wait.pass(&mut later);
    let menu = menu(&later);
    let mut chosen = None;
    for shift in 0..TRIES {
        let mut numbers = [usize::from(kind) + shift, usize::from(which) + shift].into_iter();
        let (actor, command) =
            one_of_a_kind(&menu, |choices| numbers.next().unwrap_or(0) % choices)?;
        let changes = later.would_change(actor, command.clone());
        chosen = Some(Move {
            wait,
            actor,
            command,
        });
        if changes {
            break;
        }
    }
    chosen
}

/// What one sequence came to.
#[derive(Debug, Default)]
struct Made {
    moves: Vec<Move>,
    changes: usize,
}

fn make(
    world: &mut World,
    plans: &[Plan],
    made: &mut Made,
    rests: &mut Rests,
) -> Result<(), Fault> {
    for plan in plans {
        let Some(step) = planned(world, *plan) else {
            continue;
        };
        made.moves.push(step.clone());
        if try_move(world, &step)? == Outcome::Changed {
            made.changes += 1;
        }
        rests.ask(world)?;
    }
    look_closely(&world.deal)?;
    Ok(())
}

#[test]
fn any_sequence_of_commands_keeps_every_promise_and_comes_to_rest() {
    let (moves, changes) = (Cell::new(0), Cell::new(0));
    let rests = RefCell::new(Rests::default());
    let mut runner = TestRunner::new(Config {
        cases: SEQUENCES,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(SEED),
        ..Config::default()
    });
    let plan = (any::<u16>(), any::<u16>(), 0..WAITS);
    let sequences = (0..STARTS.len(), vec(plan, 1..=MOVES_MAX));
    let checked = runner.run(&sequences, |(start, plans)| {
        let (name, start) = &STARTS[start];
        let (mut world, mut made) = (start.clone(), Made::default());
        let kept = make(&mut world, &plans, &mut made, &mut rests.borrow_mut());
        moves.set(moves.get() + made.moves.len());
        changes.set(changes.get() + made.changes);
        kept.map_err(|fault| {
            let trace = Trace {
                start: name,
                moves: made.moves,
                fault,
            };
            TestCaseError::fail(trace.to_string())
        })?;
        assert_comes_true(&world);
        Ok(())
    });
    if let Err(fault) = checked {
        panic!("{fault}");
    }
    let (moves, changes) = (moves.get(), changes.get());
    assert!(
        changes * 4 > moves,
        "{changes} of {moves} moves did something"
    );
}
