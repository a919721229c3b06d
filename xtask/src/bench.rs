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
    let measure = [
        "run",
        "--quiet",
        "--release",
        "--package",
        "bench",
        "--",
        "store",
    ];
    shown(&mut cargo(&measure))
}
