//! `cargo xtask build`: the browser's files first, then the server that serves them.

use std::path::PathBuf;

use anyhow::Result;

use crate::step::{shown, step};
use crate::{ground, node, site, toolchain};

/// How much work the compiler puts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build.
    Dev,
    /// Quick to run.
    Release,
}

impl Profile {
    /// The profile for a `--release` switch.
    pub const fn of(release: bool) -> Self {
        if release { Self::Release } else { Self::Dev }
    }

    const fn server_args(self) -> &'static [&'static str] {
        match self {
            Self::Dev => &["build", "-p", "server"],
            Self::Release => &["build", "-p", "server", "--release"],
        }
    }

    /// The folder below the target directory in which cargo puts the server.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

/// Builds all, and returns the path of the server's binary. Its files lie beside it in `site/`.
pub fn build(server: Profile, browser: Profile) -> Result<PathBuf> {
    node::ensure_packages()?;
    toolchain::ensure_wasm_target()?;
    let folder = ground::target_dir().join(server.folder());
    site::build(browser, &folder.join("site"))?;
    step("Building the server", || {
        shown(&mut ground::cargo(server.server_args()))
    })?;
    Ok(folder.join("amn"))
}
