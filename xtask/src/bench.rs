//! `cargo xtask bench`: sizes and rates beside their limits.

use anyhow::Result;

use crate::build::{self, Profile};
use crate::ground::cargo;
use crate::step::shown;
use crate::test::sizes;

/// Builds as shipped and prints what it measures.
pub fn bench() -> Result<()> {
    let binary = build::build(Profile::Release, Profile::Release)?;
    sizes::check(&binary.with_file_name("site"))?;
    for what in [
        &["store".as_ref()][..],
        &["pages".as_ref(), binary.as_os_str()],
        &["api".as_ref(), binary.as_os_str()],
        &["growth".as_ref()],
    ] {
        let mut measure = cargo(&["run", "--quiet", "--release", "--package", "bench", "--"]);
        shown(measure.args(what))?;
    }
    Ok(())
}
