//! `cargo xtask mutants`: changes the rules of `domain` one by one and looks whether a test notices.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::ground;
use crate::step::{quiet, shown, step};

/// Newer ones may need a newer Rust than ours.
const VERSION: &str = "27.1.0";

/// What is changed.
#[derive(Debug, Args)]
pub struct Options {
    /// Only in these files, such as crates/domain/src/money.rs; all of domain otherwise, which takes
    /// hours.
    files: Vec<String>,
}

/// Runs the tests of `domain` once for each change. Works on a copy; the report is in
/// target/mutants.out.
pub fn mutants(options: &Options) -> Result<()> {
    let tool = ensure_cargo_mutants()?;
    step("Changes that no test notices", || {
        let mut mutants = Command::new(&tool);
        mutants.current_dir(ground::root());
        mutants.args([
            "mutants",
            "--package",
            "domain",
            "--jobs",
            "1",
            "--no-shuffle",
        ]);
        mutants.arg("--output").arg(ground::target_dir());
        for file in &options.files {
            mutants.args(["--file", file]);
        }
        shown(&mut mutants)
    })
}

/// The tool of whoever runs this, or one of the project's own.
fn ensure_cargo_mutants() -> Result<PathBuf> {
    if quiet(Command::new("cargo-mutants").args(["mutants", "--version"])).is_ok() {
        return Ok("cargo-mutants".into());
    }
    let folder = ground::target_dir().join("tools");
    let tool = folder.join("bin/cargo-mutants");
    if !tool.is_file() {
        step("Installing cargo-mutants under target/tools", || {
            shown(
                ground::cargo(&["install", "cargo-mutants", "--locked", "--debug", "--quiet"])
                    .args(["--version", VERSION, "--root"])
                    .arg(&folder),
            )
        })?;
    }
    Ok(tool)
}
