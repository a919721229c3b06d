//! `cargo xtask e2e`: the real server and a real browser.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::build::{self, Profile};
use crate::step::{shown, step};
use crate::{debian, ground};

/// Builds, then runs Playwright with `arguments`.
pub fn e2e(arguments: &[String]) -> Result<()> {
    // The browser's half is built as it is shipped: what differs there is what breaks there.
    let binary = build::build(Profile::Dev, Profile::Release)?;
    against(&binary, arguments)
}

/// Runs Playwright against a server that is already built.
pub fn against(binary: &Path, arguments: &[String]) -> Result<()> {
    let chromium = debian::ensure_chromium()?;
    step("End-to-end tests", || {
        shown(
            Command::new(ground::npm_bin("playwright"))
                .args(["test", "--config", "end2end/playwright.config.ts"])
                .args(arguments)
                .env("AMN_BIN", binary)
                .env("CHROMIUM", chromium)
                .current_dir(ground::root()),
        )
    })
}
