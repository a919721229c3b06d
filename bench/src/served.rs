//! What is measured: the real server, and a bare axum beside it.

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

/// A start that takes longer has failed.
const START_MAX: Duration = Duration::from_mins(1);

/// A demo on a free port. Dropping it kills it.
pub(crate) struct Server {
    pub(crate) process: Child,
    pub(crate) url: String,
    pub(crate) ready_after: u64,
}

impl Server {
    pub(crate) fn start(amn: &Path, folder: &TempDir) -> Result<Self> {
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

/// A bare axum in a process of its own. Dropping it kills it.
pub(crate) struct Bare {
    pub(crate) process: Child,
    pub(crate) url: String,
}

impl Bare {
    /// One that sends these bytes.
    pub(crate) fn with_page(folder: &TempDir, page: &str) -> Result<Self> {
        let file = folder.path().join("page.html");
        std::fs::write(&file, page)?;
        Self::start("bare", &file)
    }

    /// One that asks SQLite.
    pub(crate) fn with_store(database: &Path) -> Result<Self> {
        Self::start("bare-store", database)
    }

    fn start(kind: &str, file: &Path) -> Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg(kind)
            .arg(file)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let out = process.stdout.take().context("its output is piped")?;
        let mut url = String::new();
        BufReader::new(out).read_line(&mut url)?;
        let url = url.trim().trim_end_matches('/').to_owned();
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
pub(crate) fn serve_page(file: &Path) -> Result<()> {
    let page: &'static str = std::fs::read_to_string(file)?.leak();
    let html = [(CONTENT_TYPE, "text/html; charset=utf-8")];
    serve(Router::new().route("/", get(move || async move { (html, page) })))
}

/// Serves a router until it is killed, and says where.
pub(crate) fn serve(router: Router) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        writeln!(std::io::stdout(), "http://{}/", listener.local_addr()?)?;
        Ok(axum::serve(listener, router).await?)
    })
}
