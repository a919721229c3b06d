//! The real server: a page of requests beside a bare axum that sends the same bytes, how long it
//! takes to be ready, and what memory it holds after the load.
//!
//! What counts is CPU per request: requests per second lie on a machine that is shared. Both sides
//! take turns in short rounds, and the median of the rounds is what is told.

use std::path::Path;

use anyhow::{Context as _, Result};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::cpu::cpu_us;
use crate::median;
use crate::served::{Bare, Server};

/// Rounds of each side.
const ROUNDS: usize = 11;
/// Requests in a round.
const REQUESTS: u64 = 300;
/// Starts of which the median is told.
const STARTS: usize = 7;

/// What is measured of a page.
struct Case {
    path: &'static str,
    what: &'static str,
    /// Whether each request is for an address of its own, so that nobody has asked for it before.
    is_new: bool,
    goal: Goal,
}

/// What a page should cost.
enum Goal {
    /// So many µs of CPU at the most.
    Micros(u64),
    /// So many per cent of what a bare axum gets done that sends the finished bytes.
    Percent(u64),
}

const CASES: [Case; 4] = [
    Case {
        path: "/dev/requests",
        what: "drawn from memory",
        is_new: false,
        goal: Goal::Micros(90),
    },
    Case {
        path: "/requests",
        what: "read from the store and drawn",
        is_new: true,
        goal: Goal::Micros(140),
    },
    Case {
        path: "/requests",
        what: "the same for every visitor",
        is_new: false,
        goal: Goal::Percent(60),
    },
    Case {
        path: "/",
        what: "the same for every visitor",
        is_new: false,
        goal: Goal::Percent(60),
    },
];

const GOAL_START_MS: u64 = 100;
const GOAL_MEMORY_MB: u64 = 60;

/// The table, a line a row. `amn` is the binary as shipped; its files lie beside it in `site/`.
pub(crate) fn rows(amn: &Path) -> Result<Vec<String>> {
    let amn = amn.canonicalize().context("the binary to measure")?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let folder = tempfile::tempdir()?;
    // The first start fills the demo; what people wait for is every other one.
    drop(Server::start(&amn, &folder)?);
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(Server::start(&amn, &folder)?.ready_after);
    }
    let ours = Server::start(&amn, &folder)?;
    let mut rows = Vec::new();
    for case in &CASES {
        rows.push(page_row(&runtime, &ours, &folder, case)?);
    }
    let memory = memory_mb(ours.process.id())?;
    let start = median(starts);
    rows.push(format!(
        "ready after {start} ms (goal {GOAL_START_MS} ms), median of {STARTS}"
    ));
    rows.push(format!(
        "{memory} MB after {} pages (goal {GOAL_MEMORY_MB} MB)",
        (ROUNDS as u64 + 1)
            .saturating_mul(REQUESTS)
            .saturating_mul(CASES.len() as u64)
    ));
    Ok(rows)
}

/// One page beside a bare axum that sends the same bytes, finished.
fn page_row(runtime: &Runtime, ours: &Server, folder: &TempDir, case: &Case) -> Result<String> {
    let url = format!("{}{}", ours.url, case.path);
    let page = runtime.block_on(read(&url))?;
    let bare = Bare::with_page(folder, &page)?;
    let mut asked = 0_u64;
    let mut load = |url: &str, process: u32| -> Result<u64> {
        let before = cpu_us(process)?;
        runtime.block_on(ask(url, case.is_new, &mut asked))?;
        Ok((cpu_us(process)?.saturating_sub(before))
            .checked_div(REQUESTS)
            .unwrap_or(0))
    };
    // What is compiled, cached or grown at the first requests is not what a request costs.
    load(&url, ours.process.id())?;
    load(&bare.url, bare.process.id())?;
    let (mut ours_us, mut bare_us) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours_us.push(load(&url, ours.process.id())?);
        bare_us.push(load(&bare.url, bare.process.id())?);
    }
    let (ours_us, bare_us) = (median(ours_us), median(bare_us));
    let percent = (bare_us * 100).checked_div(ours_us).unwrap_or(100);
    let goal = match case.goal {
        Goal::Micros(most) => format!("{most} µs"),
        Goal::Percent(least) => format!("{least} %"),
    };
    let cards = page.matches("request-card").count();
    let (path, what, bytes) = (case.path, case.what, page.len());
    Ok(format!(
        "{path}, {what}, {cards} requests, {bytes} bytes: {ours_us} µs of CPU, a bare axum with the \
         finished bytes {bare_us} µs: {percent} % (goal {goal})"
    ))
}

async fn read(url: &str) -> Result<String> {
    Ok(http_client::client()?
        .get(url)
        .send()
        .await?
        .error_for_status()?
        .text()
        .await?)
}

/// One person after the other, on one connection. `asked` counts what was asked for so far.
async fn ask(url: &str, is_new: bool, asked: &mut u64) -> Result<()> {
    let http = http_client::client()?;
    for _ in 0..REQUESTS {
        *asked += 1;
        let address = if is_new {
            format!("{url}?new={asked}")
        } else {
            url.to_owned()
        };
        http.get(address)
            .send()
            .await?
            .error_for_status()?
            .bytes()
            .await?;
    }
    Ok(())
}

fn memory_mb(process: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes: u64 = line
        .and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .context("the kernel tells what memory a process holds")?;
    Ok(kilobytes / 1_024)
}
