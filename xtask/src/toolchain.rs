//! The Rust side of a fresh machine.

use std::process::Command;

use anyhow::{Context, Result};

use crate::ground;
use crate::step::{quiet, shown, step};

/// The target that the browser half is built for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that Rust can build for the browser.
pub fn ensure_wasm_target() -> Result<()> {
    let sysroot = quiet(
        Command::new("rustc")
            .args(["--print", "sysroot"])
            .current_dir(ground::root()),
    )
    .context("Rust is missing: install it from https://rustup.rs")?;
    let installed = std::path::Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(WASM)
        .join("lib");
    if installed.is_dir() {
        return Ok(());
    }
    step("Adding the WASM target to Rust", || {
        shown(
            Command::new("rustup")
                .args(["target", "add", WASM])
                .current_dir(ground::root()),
        )
        .with_context(|| format!("install the target {WASM} for the Rust of rust-toolchain.toml"))
    })
}
