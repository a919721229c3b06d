//! What comes from outside: licences, sources and known faults of all crates, by cargo-deny.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::ground;
use crate::step::{quiet, shown, step};

/// Newer ones may need a newer Rust than ours.
const VERSION: &str = "0.20.2";

/// Fails on a licence, a source or a crate that `deny.toml` does not allow, and on a known fault.
pub fn check() -> Result<()> {
    let tool = ensure_cargo_deny()?;
    let deny = || {
        let mut command = Command::new(&tool);
        command.current_dir(ground::root());
        command
    };
    step("Licences and sources of dependencies", || {
        shown(deny().args(["check", "licenses", "bans", "sources"]))
    })?;
    // The list of known faults is a repository of its own, which not every machine reaches.
    if quiet(deny().args(["fetch", "db"])).is_err() {
        println!(
            "▸ Known faults of dependencies: skipped, the list of advisories cannot be had here"
        );
        return Ok(());
    }
    step("Known faults of dependencies", || {
        shown(deny().args(["check", "advisories"]))
    })
}

/// The tool of whoever runs this, or one of the project's own: a minute, once.
fn ensure_cargo_deny() -> Result<PathBuf> {
    if quiet(Command::new("cargo-deny").arg("--version")).is_ok() {
        return Ok("cargo-deny".into());
    }
    let folder = ground::target_dir().join("tools");
    let tool = folder.join("bin/cargo-deny");
    if !tool.is_file() {
        step("Installing cargo-deny under target/tools", || {
            shown(
                // Unoptimised, it compiles in a third of the time and still answers in seconds.
                ground::cargo(&["install", "cargo-deny", "--locked", "--debug", "--quiet"])
                    .args(["--version", VERSION, "--root"])
                    .arg(&folder),
            )
        })?;
    }
    Ok(tool)
}
