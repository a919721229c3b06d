//! `amn drill`: a storm on made-up people, and what held.

use services::ports::Random;

use super::{Tenths, say};
use crate::cli::DrillOptions;
use crate::ports::SystemRandom;
use crate::serve::Fault;

/// Holds a fire drill and says what was found. It touches nothing of this installation.
pub async fn hold(options: &DrillOptions) -> Result<(), Fault> {
    let random: &dyn Random = &SystemRandom;
    let seed = options
        .seed
        .unwrap_or_else(|| u64::from(random.below(u32::MAX)));
    let cores = std::thread::available_parallelism()?.get();
    let storm = drill::Options::new(options.journeys, seed, cores);
    let mut tenths = Tenths::default();
    let report = drill::run(storm, &mut |done, all| tenths.tell("journeys", done, all)).await?;
    say(&report.to_string());
    let breaches = report.breaches();
    if breaches.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = breaches
        .iter()
        .map(|figure| format!("{} {}", figure.count, figure.what))
        .collect();
    Err(format!(
        "what must not be, was: {}; repeat it with --seed {seed}",
        told.join(", ")
    )
    .into())
}
