//! The server under test: the real binary, on one address and one data folder over all its lives.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::gateway::{Gateway, KEY, PASSWORD, USER};

/// A start that takes longer has failed.
const START_MAX: Duration = Duration::from_mins(1);

/// Somebody to sign in as.
#[derive(Debug, Clone, Deserialize)]
pub struct Account {
    pub role: String,
    pub email: String,
    pub password: String,
}

#[derive(Debug)]
pub struct Server {
    amn: PathBuf,
    site: PathBuf,
    address: SocketAddr,
    gateway: String,
    folder: TempDir,
    process: Child,
}

impl Server {
    pub async fn start(amn: &Path, site: &Path, gateway: &Gateway) -> Result<Self> {
        // The port is free again once the listener is dropped, and stays the same for every life.
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let folder = tempfile::tempdir()?;
        let amn = amn.canonicalize().context("the binary under test")?;
        let site = site.canonicalize().context("the built files")?;
        let gateway = gateway.url();
        let process = spawn(&amn, &site, address, &gateway, folder.path())?;
        let mut server = Self {
            amn,
            site,
            address,
            gateway,
            folder,
            process,
        };
        server.ready().await?;
        Ok(server)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn store(&self) -> PathBuf {
        self.folder.path().join("data/amn.db")
    }

    pub fn accounts(&self) -> Result<Vec<Account>> {
        let bytes = std::fs::read(self.folder.path().join("data/demo-accounts.json"))?;
        Ok(serde_json::from_slice(&bytes)?)
    }

    /// `kill -9`, and a new life on the same folder.
    pub async fn kill_and_start_again(&mut self) -> Result<()> {
        self.process.kill().await?;
        self.process = spawn(
            &self.amn,
            &self.site,
            self.address,
            &self.gateway,
            self.folder.path(),
        )?;
        self.ready().await
    }

    async fn ready(&mut self) -> Result<()> {
        let started = Instant::now();
        let health = format!("{}/health", self.url());
        let http = http_client::client()?;
        loop {
            if let Some(status) = self.process.try_wait()? {
                let log = std::fs::read_to_string(self.folder.path().join("log"))?;
                let tail: Vec<&str> = log.lines().rev().take(20).collect();
                bail!("the server ended with {status}:\n{}", tail.join("\n"));
            }
            let answer = http.get(&health).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if started.elapsed() > START_MAX {
                bail!("the server does not become ready");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

fn spawn(
    amn: &Path,
    site: &Path,
    address: SocketAddr,
    gateway: &str,
    folder: &Path,
) -> Result<Child> {
    let log = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(folder.join("log"))?;
    Command::new(amn)
        .arg("serve")
        .current_dir(folder)
        .env("APP_ENV", "demo")
        .env("LISTEN", address.to_string())
        .env("SITE_DIR", site)
        .env("SHKEEPER_URL", gateway)
        .env("SHKEEPER_API_KEY", KEY)
        .env("SHKEEPER_PAYOUT_USER", USER)
        .env("SHKEEPER_PAYOUT_PASSWORD", PASSWORD)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("{} cannot be started", amn.display()))
}
