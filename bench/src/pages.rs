//! The real server: a page of requests beside a bare axum that sends the same bytes, how long it
//! takes to be ready, and what memory it holds after the load.
//!
//! What counts is CPU per request: requests per second lie on a machine that is shared. Both sides
//! take turns in short rounds, and the median of the rounds is what is told.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::cpu::cpu_us;
use crate::median;

/// Rounds of each side.
const ROUNDS: usize = 11;
/// Requests in a round.
const REQUESTS: u64 = 300;
/// Starts of which the median is told.
const STARTS: usize = 7;
/// A start that takes longer has failed.
const START_MAX: Duration = Duration::from_mins(1);

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
    let bare = Bare::start(folder, &page)?;
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

/// A demo on a free port. Dropping it kills it.
struct Server {
    process: Child,
    url: String,
    ready_after: u64,
}

impl Server {
    fn start(amn: &Path, folder: &TempDir) -> Result<Self> {
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let started = Instant::now();
        let process = Command::new(amn)
            .arg("serve")
            .current_dir(folder)
            .env("APP_ENV", "demo")
            .env("LISTEN", address.to_string())
            .env("SIMULATOR_LISTEN", "127.0.0.1:0")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut server = Self {
            process,
            url: format!("http://{address}"),
            ready_after: 0,
        };
        let health =
            format!("GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        while !answers(address, &health) {
            if started.elapsed() > START_MAX || server.process.try_wait()?.is_some() {
                bail!("the server does not become ready");
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        server.ready_after = u64::try_from(started.elapsed().as_millis())?;
        Ok(server)
    }
}

fn answers(address: std::net::SocketAddr, request: &str) -> bool {
    let Ok(mut stream) = std::net::TcpStream::connect(address) else {
        return false;
    };
    let mut line = String::new();
    stream.write_all(request.as_bytes()).is_ok()
        && BufReader::new(stream).read_line(&mut line).is_ok()
        && line.contains(" 200 ")
}

impl Drop for Server {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// A bare axum with the finished page, in a process of its own. Dropping it kills it.
struct Bare {
    process: Child,
    url: String,
}

impl Bare {
    fn start(folder: &TempDir, page: &str) -> Result<Self> {
        let file = folder.path().join("page.html");
        std::fs::write(&file, page)?;
        let mut process = Command::new(std::env::current_exe()?)
            .arg("bare")
            .arg(file)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let out = process.stdout.take().context("its output is piped")?;
        let mut url = String::new();
        BufReader::new(out).read_line(&mut url)?;
        let url = url.trim().to_owned();
        Ok(Self { process, url })
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

fn end(process: &mut Child) {
    // One that has ended already is as good.
    process.kill().ok();
    process.wait().ok();
}

/// Serves a file from memory until it is killed, and says where.
pub(crate) fn serve_bare(file: &Path) -> Result<()> {
    let page: &'static str = std::fs::read_to_string(file)?.leak();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        writeln!(std::io::stdout(), "http://{}/", listener.local_addr()?)?;
        let html = [(CONTENT_TYPE, "text/html; charset=utf-8")];
        let router = Router::new().route("/", get(move || async move { (html, page) }));
        Ok(axum::serve(listener, router).await?)
    })
}

fn memory_mb(process: u32) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kilobytes: u64 = line
        .and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        .context("the kernel tells what memory a process holds")?;
    Ok(kilobytes / 1_024)
}
