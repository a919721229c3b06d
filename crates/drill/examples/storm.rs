//! A drill by itself: `cargo run --profile drill -p drill --example storm -- [journeys] [seed]`.
//! `amn drill` does the same with the built program.

use std::io::Write as _;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> Result<ExitCode, drill::Fault> {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse::<u64>());
    let journeys = numbers.next().transpose()?.unwrap_or(1_000);
    let seed = numbers.next().transpose()?.unwrap_or(1);
    let cores = std::thread::available_parallelism()?.get();
    let options = drill::Options::new(u32::try_from(journeys)?, seed, cores);
    let report = drill::run(options, &mut |_, _| {}).await?;
    write!(std::io::stdout(), "{report}")?;
    Ok(if report.breaches().is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
