//! What tests need beside Rust and Node: taken from Debian where we may, named where we may not.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::step::{quiet, step};

/// A program, and the Debian package that brings it.
#[derive(Debug)]
struct Needed {
    program: &'static str,
    package: &'static str,
}

const CHROMIUM: Needed = Needed {
    program: "chromium",
    package: "chromium",
};

/// The path of Chromium, installed if need be.
pub fn ensure_chromium() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM") {
        return Ok(path.into());
    }
    ensure(&CHROMIUM)
}

fn ensure(needed: &Needed) -> Result<PathBuf> {
    if let Some(path) = find(needed.program) {
        return Ok(path);
    }
    if !(Path::new("/etc/debian_version").exists() && is_root()?) {
        bail!(
            "{} is missing: install it (Debian: apt-get install {})",
            needed.program,
            needed.package
        );
    }
    step(
        &format!("Installing {} from Debian", needed.package),
        || {
            quiet(Command::new("apt-get").args(["update", "-qq"]))?;
            quiet(
                Command::new("apt-get")
                    .args([
                        "install",
                        "-y",
                        "-qq",
                        "--no-install-recommends",
                        needed.package,
                    ])
                    .env("DEBIAN_FRONTEND", "noninteractive"),
            )
        },
    )?;
    match find(needed.program) {
        Some(path) => Ok(path),
        None => bail!(
            "{} was installed, but has no {}",
            needed.package,
            needed.program
        ),
    }
}

fn is_root() -> Result<bool> {
    Ok(quiet(Command::new("id").arg("-u"))?.trim() == "0")
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}
