//! The project's commands: `cargo xtask run | test | build | dev | lint | tidy | e2e | crash | bench`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command speaks to the person who called it"
)]

mod bench;
mod build;
mod crash;
mod debian;
mod dev;
mod e2e;
mod ground;
mod lint;
mod mutants;
mod node;
mod run;
mod site;
mod step;
mod test;
mod tidy;
mod toolchain;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::build::Profile;

/// Builds, runs and checks Amn.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build everything and start the demo: SQLite under data/, made-up people and deals.
    Run(run::Options),
    /// Everything that must hold before a change is merged. About half an hour from a clean clone.
    Test,
    /// Build the server, the WASM and the styles.
    Build {
        /// Optimised, and compressed for the network.
        #[arg(long)]
        release: bool,
    },
    /// Start the demo, and build and start it again whenever a source file changes.
    Dev(run::Options),
    /// Formatting and clippy, for every feature set that is shipped.
    Lint,
    /// The rules of this house that no other tool checks: docs, crate edges, lengths.
    Tidy {
        /// Write the present lengths down as the new ratchet.
        #[arg(long)]
        record: bool,
    },
    /// The end-to-end suite in headless Chromium. Arguments go to Playwright.
    E2e {
        /// For example: tests/home.spec.ts --grep Persian
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        playwright: Vec<String>,
    },
    /// Kill the server at random moments while people trade, and check what is left.
    Crash(crash::Options),
    /// Change the rules of domain one by one, and see whether a test notices. Hours for all of it.
    Mutants(mutants::Options),
    /// Measurements beside their limits. Times are never tests.
    Bench,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Test => test::test(),
        Command::Build { release } => {
            build::build(Profile::of(release), Profile::of(release)).map(|_| ())
        }
        Command::Dev(options) => dev::dev(&options),
        Command::Lint => lint::lint(),
        Command::Tidy { record } => tidy::tidy(record),
        Command::E2e { playwright } => e2e::e2e(&playwright),
        Command::Crash(options) => crash::crash(&options),
        Command::Mutants(options) => mutants::mutants(&options),
        Command::Bench => bench::bench(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nfailed: {error:#}");
            ExitCode::FAILURE
        }
    }
}
