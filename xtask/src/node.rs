//! The Node side of a fresh machine: packages exactly as the lock file says.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::ground;
use crate::step::{quiet, step};

/// The oldest Node that the packages run on.
const NODE_MAJOR_MIN: u32 = 20;

/// Installs the npm packages when the lock file has changed since the last time.
pub fn ensure_packages() -> Result<()> {
    let root = ground::root();
    let lock = fs::read(root.join("package-lock.json"))?;
    let wanted = hex::encode(Sha256::digest(&lock));
    let stamp = root.join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    ensure_node()?;
    step("Installing npm packages", || {
        quiet(
            Command::new("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                .current_dir(root),
        )?;
        fs::write(&stamp, wanted).map_err(Into::into)
    })
}

fn ensure_node() -> Result<()> {
    let version = quiet(Command::new("node").arg("--version"))
        .context("Node is missing: install Node 20 or newer (it brings npm)")?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    ensure!(
        major.is_some_and(|major| major >= NODE_MAJOR_MIN),
        "Node {NODE_MAJOR_MIN} or newer is needed; this is {}",
        version.trim()
    );
    Ok(())
}
