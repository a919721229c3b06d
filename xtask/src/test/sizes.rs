//! What a browser must load, against the budget of the design.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::site::files;
use crate::step::step;

struct Budget {
    what: &'static str,
    /// Files whose names begin and end so are counted together.
    files: &'static [(&'static str, &'static str)],
    bytes_max: u64,
}

const KILO: u64 = 1_024;

const BUDGETS: [Budget; 4] = [
    Budget {
        what: "islands: script and WASM, brotli",
        files: &[("app.", ".js.br"), ("app.", ".wasm.br")],
        bytes_max: 120 * KILO,
    },
    Budget {
        what: "style sheet, brotli",
        files: &[("main.", ".css.br")],
        bytes_max: 14 * KILO,
    },
    Budget {
        what: "icons, brotli",
        files: &[("icons.", ".svg.br")],
        bytes_max: 6 * KILO,
    },
    Budget {
        what: "largest font",
        files: &[("vazirmatn-arabic-wght-normal.", ".woff2")],
        bytes_max: 47 * KILO,
    },
];

/// Prints each size beside its budget, and fails when one is over.
pub fn check(site: &Path) -> Result<()> {
    step("Sizes", || {
        for budget in &BUDGETS {
            let bytes = measure(&site.join("pkg"), budget)?;
            println!(
                "  {:>7} of {:>7} bytes  {}",
                bytes, budget.bytes_max, budget.what
            );
            ensure!(bytes <= budget.bytes_max, "over budget: {}", budget.what);
        }
        Ok(())
    })
}

fn measure(folder: &Path, budget: &Budget) -> Result<u64> {
    let mut bytes = 0_u64;
    for (prefix, suffix) in budget.files {
        let file = files::list(folder)?
            .into_iter()
            .find(|file| {
                files::name(file)
                    .is_ok_and(|name| name.starts_with(prefix) && name.ends_with(suffix))
            })
            .with_context(|| format!("no {prefix}…{suffix}: build with --release first"))?;
        bytes = bytes.saturating_add(fs::metadata(file)?.len());
    }
    Ok(bytes)
}
