//! `cargo xtask test`: everything that must hold before a change is merged.

mod dependencies;
pub mod sizes;

use anyhow::Result;

use crate::build::{self, Profile};
use crate::step::{shown, step};
use crate::{crash, e2e, ground, lint, tidy};

/// Quick checks first, the browser last.
pub fn test() -> Result<()> {
    lint::lint()?;
    tidy::tidy(false)?;
    dependencies::check()?;
    step("Unit, property and integration tests", || {
        let mut test = ground::cargo(&["test"]);
        for package in lint::host_packages()? {
            test.args(["-p", &package]);
        }
        shown(test.args(["--features", "app/ssr"]))
    })?;
    step("A fire drill of 10,000 journeys", || {
        let storm = [
            "run",
            "--profile",
            "drill",
            "-p",
            "drill",
            "--example",
            "storm",
            "--",
            "10000",
        ];
        shown(&mut ground::cargo(&storm))
    })?;
    let binary = build::build(Profile::Dev, Profile::Release)?;
    sizes::check(&binary.with_file_name("site"))?;
    crash::against(&binary, &crash::Options::IN_TEST)?;
    e2e::against(&binary, &[])
}
