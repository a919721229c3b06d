//! What a simulator is started with.

use core::fmt;
use core::time::Duration;
use std::path::PathBuf;
use std::sync::Arc;

/// Settings of one simulator.
#[derive(Clone)]
pub struct Config {
    /// What shops send as `X-Shkeeper-Api-Key`, and the key that callbacks are signed with.
    pub api_key: String,
    /// The admin login, needed for payouts.
    pub payout_user: String,
    /// The admin password.
    pub payout_password: String,
    /// Where addresses, transactions and faults come from.
    pub seed: u64,
    /// How many confirmations a transfer needs before its callback goes out.
    pub confirmations: u32,
    /// When a tick happens: what waits is sent again, payouts move on, blocks are found.
    pub ticks: Ticks,
    /// How long an answer to a callback is waited for.
    pub callback_timeout: Duration,
    /// Where everything is kept between two runs; nothing is kept without it.
    pub state_file: Option<PathBuf>,
    /// What the wallet holds of each coin at the beginning, in whole coins.
    pub opening_balance: u64,
    /// Whether a person decides what becomes of each payout, rather than the next tick.
    pub payouts_by_hand: bool,
    /// The time.
    pub clock: TimeSource,
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("seed", &self.seed)
            .field("ticks", &self.ticks)
            .field("state_file", &self.state_file)
            .finish_non_exhaustive()
    }
}

/// What makes a tick happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ticks {
    /// SHKeeper's scheduler: about every 60 s in real life.
    Every(Duration),
    /// `POST /control/tick` or [`crate::Simulator::tick`] alone, for tests.
    ByHand,
}

/// Tells the time in milliseconds since the Unix epoch.
#[derive(Clone)]
pub struct TimeSource(Arc<dyn Fn() -> i64 + Send + Sync>);

impl TimeSource {
    /// A clock of the caller's.
    pub fn new(unix_ms: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(unix_ms))
    }

    pub(crate) fn now_ms(&self) -> i64 {
        (self.0)()
    }
}

impl fmt::Debug for TimeSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TimeSource")
    }
}
