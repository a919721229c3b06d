//! Explores the deal machine for as long as asked:
//! `cargo run --release -p domain --example explore -- [steps] [seed] [deals] [depth]`.
//!
//! Walks `steps` random moves from every start, then visits at most `deals` deals up to `depth`
//! moves from them. A fault ends it with the shortest way there that was found.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a tool for people at a terminal, on the ground of the tests"
)]
#![expect(dead_code, reason = "the tests use more of their ground than this")]

#[path = "../tests/it/explore/mod.rs"]
mod explore;
#[path = "../tests/it/fixtures.rs"]
mod fixtures;
#[path = "../tests/it/world.rs"]
mod world;

use std::cell::Cell;
use std::process::ExitCode;
use std::time::Instant;

use explore::breadth;
use explore::rest::Rests;
use explore::walk::{self, Found, Trace};

/// Steps, or deals, between two lines of progress.
const PROGRESS_EVERY: usize = 100_000;

fn main() -> ExitCode {
    let asked: Vec<u64> = std::env::args()
        .skip(1)
        .filter_map(|arg| arg.parse().ok())
        .collect();
    let number = |at: usize, usual: u64| asked.get(at).copied().unwrap_or(usual);
    let count = |at, usual| usize::try_from(number(at, usual)).unwrap_or(usize::MAX);
    let begun = Instant::now();
    match explore_all(
        count(0, 1_000_000),
        number(1, 1),
        count(2, 50_000),
        count(3, 4),
    ) {
        Ok(()) => {
            println!("no fault found in {} s", begun.elapsed().as_secs());
            ExitCode::SUCCESS
        }
        Err(trace) => {
            println!("{trace}");
            ExitCode::FAILURE
        }
    }
}

fn explore_all(steps: usize, seed: u64, deals: usize, depth: usize) -> Result<(), Box<Trace>> {
    let starts = fixtures::starts();
    let mut rests = Rests::default();
    println!("{} starts, {steps} steps, seed {seed}", starts.len());
    let found = walk::walk(
        &starts,
        seed,
        steps,
        &mut rests,
        every(PROGRESS_EVERY, |found: &Found| {
            (found.steps, format!("{} changes", found.changes))
        }),
    )?;
    tell(&found);
    tell_rests(&rests);
    println!("at most {deals} deals, {depth} moves deep");
    let explored = breadth::explore(
        &starts,
        depth,
        deals,
        10,
        &mut rests,
        every(PROGRESS_EVERY / 10, |it: &breadth::Explored| {
            (it.deals, format!("{} moves, {} deep", it.moves, it.deepest))
        }),
    )?;
    println!("{explored:?}");
    tell_rests(&rests);
    Ok(())
}

fn tell(found: &Found) {
    println!(
        "{} changes, {} kinds of events, {} kinds of refusals; the largest deal has {} bytes",
        found.changes,
        found.events.len(),
        found.refusals.len(),
        found.largest_deal,
    );
    println!("{:?}", found.states);
}

fn tell_rests(rests: &Rests) {
    println!(
        "so far {} deals were asked and come to rest, {} of them followed to the end, in {} steps \
         at the most; {} different ones are known",
        rests.asked,
        rests.in_full,
        rests.longest,
        rests.known(),
    );
}

/// Prints a line whenever a counter has passed another `interval`.
fn every<T>(interval: usize, line: impl Fn(&T) -> (usize, String)) -> impl Fn(&T) {
    let told = Cell::new(0);
    move |at| {
        let (count, text) = line(at);
        if count / interval > told.get() {
            told.set(count / interval);
            println!("{count}: {text}");
        }
    }
}
