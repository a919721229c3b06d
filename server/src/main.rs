//! The binary: composition root, routes, command line.

mod backup;
mod cli;
mod commands;
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

use crate::cli::{AdminCommand, Cli, Command, ConfigCommand};
use crate::config::Environment;
use crate::serve::Fault;

// Rendering a page allocates many small strings: measured 1.7 times faster than with the system's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

async fn run(command: Command) -> Result<ExitCode, Fault> {
    let variable = |name: &str| std::env::var_os(name).and_then(|value| value.into_string().ok());
    let environment = Environment::new(&variable);
    let done = match command {
        Command::VerifyReceipt(asked) => return Ok(commands::verify_receipt::verify(&asked)),
        Command::Serve(options) => serve::serve(options).await,
        Command::Healthcheck { url } => healthcheck::healthcheck(&url).await,
        Command::Config(ConfigCommand::Check(options)) => {
            commands::config::check(&environment, options.role)
        }
        Command::Config(ConfigCommand::Secrets) => {
            commands::config::secrets();
            Ok(())
        }
        Command::Admin(AdminCommand::Create(new)) => {
            commands::admin::create(new, &environment).await
        }
        Command::Backup(options) => commands::backup::backup(&options, &environment),
        Command::Restore(options) => commands::backup::put_back(&options, &environment).await,
        Command::Drill(options) => commands::drill::hold(&options).await,
        Command::Openapi => commands::openapi::print(),
        Command::Seed => commands::seed::seed(&environment).await,
    };
    done.map(|()| ExitCode::SUCCESS)
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse().command).await {
        Ok(code) => code,
        Err(error) => {
            cli::complain(&*error);
            ExitCode::FAILURE
        }
    }
}
