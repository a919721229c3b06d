//! Measurements beside their limits: `cargo xtask bench`.

mod api;
mod cpu;
mod growth;
mod pages;
mod served;
mod store;

use std::io::{Write as _, stdout};
use std::path::Path;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let rows = match words.as_slice() {
        ["store"] => store::rows()?,
        ["growth"] => growth::rows(&[10_000, 100_000])?,
        ["growth", "whole"] => growth::rows(&[10_000, 100_000, 1_000_000])?,
        ["pages", amn] => pages::rows(Path::new(amn))?,
        ["api", amn] => api::rows(Path::new(amn))?,
        ["bare", file] => return served::serve_page(Path::new(file)),
        ["bare-store", database] => return api::serve_bare(Path::new(database)),
        _ => bail!("which measurement? There are: store; growth [whole]; pages BINARY; api BINARY"),
    };
    let mut out = stdout().lock();
    for row in rows {
        writeln!(out, "{row}")?;
    }
    Ok(())
}

/// The middle one.
fn median(mut rates: Vec<u64>) -> u64 {
    rates.sort_unstable();
    let middle = rates.len() / 2;
    rates.get(middle).copied().unwrap_or(0)
}
