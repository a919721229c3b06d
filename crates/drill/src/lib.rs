//! A fire drill: people trade on the real use cases and the real adapter of the gateway, while the
//! gateway's simulator loses, doubles, delays, reorders and forges callbacks, breaks payouts in the
//! middle, and the process itself is cut off at any point and put together anew. Then everything
//! comes to rest, and every invariant is given a figure.
//!
//! Journeys are played in houses: each has a store, a gateway, people and a clock of its own, so
//! houses run side by side and what is kept in memory does not grow with the number of journeys.
//!
//! A seed brings back the same people, choices and troubles. Where exactly a crash cuts is the
//! machine's: what was on its way to the disk may or may not arrive.
#![warn(missing_docs)]

mod cut;
mod dice;
mod forgery;
mod gateway;
mod house;
mod journey;
mod oracle;
mod people;
mod plan;
mod report;
mod rest;
mod storm;
mod webhook;

use std::sync::Arc;

use services::ports::PaymentGateway;
use tokio::task::JoinSet;

pub use report::{Figure, Report};

/// Why a drill could not be held: a fault of the drill or of the machine, not a finding.
pub type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Journeys that share a house.
const PER_HOUSE: u32 = 500;

/// What stands between the use cases and the gateway; a drill of the drill puts a fault there.
pub type Between = fn(Arc<dyn PaymentGateway>) -> Arc<dyn PaymentGateway>;

/// How a drill is held.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How many journeys are played.
    pub journeys: u32,
    /// Where everything random comes from.
    pub seed: u64,
    /// How many houses run at the same time.
    pub at_once: usize,
    /// What stands between the use cases and the gateway.
    pub between: Between,
}

impl Options {
    /// A drill with nothing planted in it.
    pub fn new(journeys: u32, seed: u64, at_once: usize) -> Self {
        Self {
            journeys,
            seed,
            at_once,
            between: |gateway| gateway,
        }
    }
}

/// Holds a drill. `progress` is told how many journeys of how many are over.
///
/// # Errors
/// [`Fault`]: the drill itself could not go on. What does not hold is in the report.
pub async fn run(
    options: Options,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Report, Fault> {
    let mut report = Report::new(options.seed);
    let (mut running, mut begun, mut over) = (JoinSet::new(), 0, 0);
    let all = u64::from(options.journeys);
    loop {
        while begun < options.journeys && running.len() < options.at_once.max(1) {
            let journeys = PER_HOUSE.min(options.journeys.saturating_sub(begun));
            let seed = dice::mixed(options.seed, u64::from(begun));
            begun = begun.saturating_add(journeys);
            running.spawn(storm::hold(seed, journeys, options.between));
        }
        let Some(ended) = running.join_next().await else {
            return Ok(report);
        };
        report.add(&ended??);
        over = report.journeys().max(over);
        progress(over, all);
    }
}
