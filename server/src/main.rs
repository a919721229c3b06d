//! The binary: composition root, routes, command line.

mod cli;
mod compose;
mod config;
mod demo;
mod healthcheck;
mod http;
mod jobs;
mod log;
mod ports;
mod secret_key;
mod serve;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use crate::cli::{Cli, Command};

// Rendering a page allocates many small strings: measured 1.7 times faster than with the system's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(options) => serve::serve(options).await,
        Command::Healthcheck { url } => healthcheck::healthcheck(&url).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            cli::complain(&*error);
            ExitCode::FAILURE
        }
    }
}
