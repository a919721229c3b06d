//! `cargo xtask run`: from a fresh clone to a running demo.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::build::{self, Profile};
use crate::ground;

/// How to start the demo.
#[derive(Debug, Args)]
pub struct Options {
    /// Empty data/ first: new people, new passwords.
    #[arg(long)]
    fresh: bool,
    /// Build optimised: slower to build, much quicker to run.
    #[arg(long)]
    release: bool,
}

impl Options {
    /// Builds what these options ask for.
    pub fn build(&self) -> Result<std::path::PathBuf> {
        let profile = Profile::of(self.release);
        build::build(profile, profile)
    }

    /// Empties `data/` when asked to.
    pub fn clear(&self) -> Result<()> {
        let data = ground::root().join("data");
        if self.fresh && data.exists() {
            std::fs::remove_dir_all(&data).context("emptying data/")?;
        }
        Ok(())
    }
}

/// The demo server, ready to be started.
pub fn demo(binary: &Path) -> Command {
    let mut command = Command::new(binary);
    command
        .arg("serve")
        .env("APP_ENV", "demo")
        .env("LOG_FORMAT", "text")
        .current_dir(ground::root());
    command
}

/// Builds and starts the demo. This process becomes the server, so Ctrl-C reaches it.
pub fn run(options: &Options) -> Result<()> {
    let binary = options.build()?;
    options.clear()?;
    become_server(&mut demo(&binary))
}

#[cfg(unix)]
fn become_server(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("starting the server")
}

#[cfg(not(unix))]
fn become_server(command: &mut Command) -> Result<()> {
    crate::step::shown(command)
}
