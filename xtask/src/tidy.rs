//! `cargo xtask tidy`: the rules of this house that no other tool checks.

mod edges;
mod lengths;
mod source;
mod words;

use anyhow::{Result, bail};

use crate::ground;
use crate::site::files;
use crate::step::step;

/// A source file, as the checks see it.
#[derive(Debug)]
pub struct Source {
    /// Relative to the repository, with forward slashes.
    pub path: String,
    pub text: String,
}

/// Checks all rules; `record` writes the present function lengths down as the ratchet.
pub fn tidy(record: bool) -> Result<()> {
    step("Tidy", || {
        let sources = sources()?;
        let mut faults = words::check(&sources);
        faults.extend(edges::check()?);
        faults.extend(lengths::check(&sources, record)?);
        if !faults.is_empty() {
            for fault in &faults {
                eprintln!("  {fault}");
            }
            bail!("{} things are not tidy", faults.len());
        }
        Ok(())
    })
}

fn sources() -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for folder in [
        "app",
        "bench",
        "crates",
        "end2end/crash",
        "frontend",
        "server",
        "xtask",
    ] {
        for file in files::list(&ground::root().join(folder))? {
            if file.extension().is_some_and(|extension| extension == "rs") {
                sources.push(Source {
                    path: file
                        .strip_prefix(ground::root())?
                        .to_string_lossy()
                        .replace('\\', "/"),
                    text: std::fs::read_to_string(&file)?,
                });
            }
        }
    }
    Ok(sources)
}
