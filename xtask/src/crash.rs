//! `cargo xtask crash`: the real server, killed again and again while people trade on it.

use std::path::Path;

use anyhow::Result;
use clap::Args;

use crate::build::{self, Profile};
use crate::ground;
use crate::step::{shown, step};

/// How hard to try.
#[derive(Debug, Args)]
pub struct Options {
    /// How often the server is killed; the test command does it 50 times.
    #[arg(long, default_value_t = 50)]
    kills: u32,
    /// Another seed, other moments and faults.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Options {
    /// What the test command asks for.
    pub const IN_TEST: Self = Self { kills: 50, seed: 1 };
}

/// Builds, then kills.
pub fn crash(options: &Options) -> Result<()> {
    let binary = build::build(Profile::Dev, Profile::Release)?;
    against(&binary, options)
}

/// Kills a server that is already built.
pub fn against(binary: &Path, options: &Options) -> Result<()> {
    step("Crashes", || {
        let mut crash = ground::cargo(&["run", "--quiet", "--package", "crash", "--"]);
        crash.arg("--amn").arg(binary);
        crash.arg("--site").arg(binary.with_file_name("site"));
        crash.args(["--kills", &options.kills.to_string()]);
        shown(crash.args(["--seed", &options.seed.to_string()]))
    })
}
