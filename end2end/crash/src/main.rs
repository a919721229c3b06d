//! Kills the real binary with `kill -9` at random moments while people trade, starts it again, lets
//! it finish what was begun, and checks what is left.
//!
//! The people are browsers without scripts; the payment gateway is the simulator, in this process,
//! so it outlives every kill and loses, doubles, delays and reorders its callbacks. What a kill does
//! not test is a loss of power: the system's own buffers survive a killed process.

mod browser;
mod gateway;
mod journey;
mod moments;
mod oracle;
mod server;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Parser;

use crate::gateway::Gateway;
use crate::journey::{Finished, Trade};
use crate::moments::Moments;
use crate::server::Server;

/// Kill a server while people trade on it, and check what is left.
#[derive(Debug, Parser)]
struct Options {
    /// The binary under test.
    #[arg(long)]
    amn: PathBuf,
    /// The folder with the built files of the pages.
    #[arg(long)]
    site: PathBuf,
    /// How often it is killed.
    #[arg(long, default_value_t = 50)]
    kills: u32,
    /// Where the random moments and faults come from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many trades run at the same time.
    #[arg(long, default_value_t = 4)]
    at_once: u32,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    let gateway = Gateway::start(options.seed).await?;
    let mut server = Server::start(&options.amn, &options.site, &gateway).await?;
    let trade = Arc::new(Trade::open(&server, gateway.clone()).await?);
    let over = Arc::new(AtomicBool::new(false));
    let mut trades = tokio::task::JoinSet::new();
    for number in 0..options.at_once {
        trades.spawn(trade_until(Arc::clone(&trade), number, Arc::clone(&over)));
    }
    let mut moments = Moments::new(options.seed);
    for kill in 1..=options.kills {
        tokio::time::sleep(Duration::from_millis(moments.between(20, 900))).await;
        // Trades that cannot go on are a finding: not one more kill hides it.
        if let Some(ended) = trades.try_join_next() {
            ended??;
        }
        server.kill_and_start_again().await?;
        if kill % 10 == 0 || kill == options.kills {
            say(&format!("killed {kill} of {} times", options.kills));
        }
    }
    over.store(true, Ordering::SeqCst);
    let mut finished = Vec::new();
    while let Some(ended) = trades.join_next().await {
        finished.extend(ended??);
    }
    let told = oracle::check(&server, &gateway, &trade, &finished)
        .await
        .context("what is left is not right")?;
    say(&told);
    Ok(())
}

/// One trade after the other until it is over; the last one is finished.
async fn trade_until(
    trade: Arc<Trade>,
    number: u32,
    over: Arc<AtomicBool>,
) -> Result<Vec<Finished>> {
    let mut finished = Vec::new();
    while !over.load(Ordering::SeqCst) {
        finished.push(trade.run(number).await?);
    }
    Ok(finished)
}

#[expect(clippy::print_stdout, reason = "the answer of a command is its output")]
fn say(text: &str) {
    println!("{text}");
}
