//! What a process has computed, as the kernel counts it.

use std::path::PathBuf;

use anyhow::Result;

/// What all threads of a process have computed so far, in microseconds.
pub(crate) fn cpu_us(process: u32) -> Result<u64> {
    let mut sum = 0_u64;
    for task in std::fs::read_dir(format!("/proc/{process}/task"))? {
        let path: PathBuf = task?.path().join("schedstat");
        // A thread may end while we look.
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let nanoseconds: u64 = text
            .split(' ')
            .next()
            .and_then(|word| word.parse().ok())
            .unwrap_or(0);
        sum = sum.saturating_add(nanoseconds / 1_000);
    }
    Ok(sum)
}
