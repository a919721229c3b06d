//! The browser half of the application: compiled, bound to JavaScript, made small.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::build::Profile;
use crate::ground;
use crate::step::{quiet, shown};
use crate::toolchain::WASM;

/// What browsers of the last years know. `--all-features` would emit more than they read.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
];

const fn cargo_profile(profile: Profile) -> &'static str {
    match profile {
        Profile::Dev => "wasm-dev",
        Profile::Release => "wasm-release",
    }
}

/// Compiles `frontend` and returns the module's path.
pub fn compile(profile: Profile) -> Result<PathBuf> {
    let profile = cargo_profile(profile);
    shown(&mut ground::cargo(&[
        "build",
        "-p",
        "frontend",
        "--lib",
        "--target",
        WASM,
        "--profile",
        profile,
    ]))?;
    Ok(ground::target_dir()
        .join(WASM)
        .join(profile)
        .join("frontend.wasm"))
}

/// Writes `app.js` and `app_bg.wasm` into `folder`.
pub fn bind(profile: Profile, module: &Path, folder: &Path) -> Result<()> {
    let release = profile == Profile::Release;
    std::fs::create_dir_all(folder.join("out"))?;
    Bindgen::new()
        .input_path(module)
        .out_name("app")
        .typescript(false)
        .remove_name_section(release)
        .remove_producers_section(release)
        .web(true)?
        .generate(folder)
        .context("binding the WASM to JavaScript")?;
    if release {
        shrink(&folder.join("app_bg.wasm"))?;
    }
    Ok(())
}

fn shrink(module: &Path) -> Result<()> {
    quiet(
        Command::new(ground::npm_bin("wasm-opt"))
            .arg("-Oz")
            .args(FEATURES)
            .arg(module)
            .arg("-o")
            .arg(module)
            .current_dir(ground::root()),
    )?;
    Ok(())
}
