//! The command line of `amn`.

use std::error::Error;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Amn: a marketplace where strangers trade safely.
///
/// Settings come from environment variables; each may be given as `NAME`, or as `NAME_FILE`, naming a
/// file that holds the value.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What `amn` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve until told to stop (SIGTERM or Ctrl-C): what is being answered is finished first.
    Serve(ServeOptions),
    /// Ask a running server whether it is ready; the exit code is the answer.
    Healthcheck {
        /// Where it listens.
        #[arg(long, default_value = "http://127.0.0.1:8083/health")]
        url: String,
    },
}

/// How to serve.
#[derive(Debug, Clone, Copy, Args)]
pub struct ServeOptions {
    /// Which part of Amn this process is.
    #[arg(long, value_enum, default_value_t = Role::All)]
    pub role: Role,
}

/// A part of Amn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// Everything in one process, on the embedded store.
    All,
    /// REST, sockets, webhooks, background jobs.
    Backend,
    /// Pages and the files they use.
    Frontend,
}

/// Says on standard error why the program ends. The log may not be set up yet.
#[expect(
    clippy::print_stderr,
    reason = "the last words of a command are for the person who called it"
)]
pub fn complain(error: &(dyn Error + 'static)) {
    eprintln!("amn: {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        eprintln!("  because: {cause}");
        source = cause.source();
    }
}
