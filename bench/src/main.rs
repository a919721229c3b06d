//! Measurements beside their limits: `cargo run --release -p bench -- store`.

mod store;

use std::io::{Write as _, stdout};

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let rows = match std::env::args().nth(1).as_deref() {
        Some("store") => store::rows()?,
        _ => bail!("which measurement? There is: store"),
    };
    let mut out = stdout().lock();
    for row in rows {
        writeln!(out, "{row}")?;
    }
    Ok(())
}
