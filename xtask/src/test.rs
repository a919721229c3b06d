//! `cargo xtask test`: everything that must hold before a change is merged.

pub mod sizes;

use std::process::Command;

use anyhow::Result;

use crate::build::{self, Profile};
use crate::step::{quiet, shown, step};
use crate::{crash, e2e, ground, lint, tidy};

/// Quick checks first, the browser last.
pub fn test() -> Result<()> {
    lint::lint()?;
    tidy::tidy(false)?;
    dependencies()?;
    step("Unit, property and integration tests", || {
        let mut test = ground::cargo(&["test"]);
        for package in lint::host_packages()? {
            test.args(["-p", &package]);
        }
        shown(test.args(["--features", "app/ssr"]))
    })?;
    let binary = build::build(Profile::Dev, Profile::Release)?;
    sizes::check(&binary.with_file_name("site"))?;
    crash::against(&binary, &crash::Options::IN_TEST)?;
    e2e::against(&binary, &[])
}

/// Licences and advisories, where the tool is there: compiling it takes longer than all the rest.
fn dependencies() -> Result<()> {
    if quiet(Command::new("cargo").args(["deny", "--version"])).is_err() {
        println!(
            "▸ Dependencies: skipped, cargo-deny is missing (cargo install cargo-deny --locked)"
        );
        return Ok(());
    }
    step("Dependencies", || {
        shown(&mut ground::cargo(&[
            "deny", "check", "licenses", "bans", "sources",
        ]))
    })
}
