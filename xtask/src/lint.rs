//! `cargo xtask lint`: formatting and clippy, for each set of features that is shipped.

use anyhow::Result;

use crate::step::{shown, step};
use crate::{ground, toolchain};

/// Every package that runs on a server or on a developer's machine.
///
/// `frontend` is left out: built together with these, it would give them the browser's features.
pub fn host_packages() -> Result<Vec<String>> {
    let mut packages: Vec<String> = ["app", "bench", "crash", "server", "xtask"]
        .map(str::to_owned)
        .into();
    for entry in std::fs::read_dir(ground::root().join("crates"))? {
        let folder = entry?.path();
        if folder.join("Cargo.toml").is_file()
            && let Some(name) = folder.file_name().and_then(|name| name.to_str())
        {
            packages.push(name.to_owned());
        }
    }
    packages.sort();
    Ok(packages)
}

/// Says what is not as the house wants it.
pub fn lint() -> Result<()> {
    step("Formatting", || {
        shown(&mut ground::cargo(&["fmt", "--all", "--check"]))
    })?;
    step("Clippy, server side", || {
        let mut clippy = ground::cargo(&["clippy", "--all-targets"]);
        for package in host_packages()? {
            clippy.args(["-p", &package]);
        }
        shown(clippy.args(["--", "-D", "warnings"]))
    })?;
    toolchain::ensure_wasm_target()?;
    step("Clippy, browser side", || {
        shown(&mut ground::cargo(&[
            "clippy",
            "-p",
            "frontend",
            "-p",
            "app",
            // The rules of the deal run in a browser too, as far as the compiler can tell.
            "-p",
            "domain",
            "--features",
            "app/hydrate",
            "--target",
            toolchain::WASM,
            "--",
            "-D",
            "warnings",
        ]))
    })
}
