//! The simulator itself: its state behind a lock, its clockwork, and the server around it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::{fmt, io};

use axum::Router;
use axum::serve::ListenerExt as _;
use domain::Units;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::coin::COINS;
use crate::config::{Config, Ticks};
use crate::desk::Desk;
use crate::payer::{PayerError, Payment, Seen, Turn};
use crate::save;
use crate::state::State;
use crate::{api, control, page};

/// A SHKeeper over a chain that it makes up. Clones share one state.
#[derive(Clone)]
pub struct Simulator {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    state: Mutex<State>,
    http: reqwest::Client,
    /// Callbacks go out in one order, one round at a time.
    delivering: tokio::sync::Mutex<()>,
}

impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulator")
            .field("config", &self.inner.config)
            .finish_non_exhaustive()
    }
}

/// Why a simulator does not start.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The kept state cannot be taken up: mend or remove the file.
    #[error("the simulator's state in {path} cannot be taken up: {source}")]
    State {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        source: Box<dyn core::error::Error + Send + Sync>,
    },
    /// There is no HTTP client for callbacks.
    #[error("callbacks cannot be sent: {0}")]
    Http(#[from] reqwest::Error),
    /// The address cannot be listened on.
    #[error("cannot listen: {0}")]
    Listen(#[from] io::Error),
}

impl Simulator {
    /// Takes up the kept state, or begins anew.
    ///
    /// # Errors
    /// [`OpenError`]: a state that cannot be read is not thrown away.
    pub fn open(config: Config) -> Result<Self, OpenError> {
        let kept = match &config.state_file {
            None => None,
            Some(path) => save::load(path).map_err(|source| OpenError::State {
                path: path.clone(),
                source: source.into(),
            })?,
        };
        let state = kept.unwrap_or_else(|| {
            State::new(
                config.seed,
                opening_balances(&config),
                config.payouts_by_hand,
            )
        });
        let http = http_client::builder()
            .timeout(config.callback_timeout)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Self {
            inner: Arc::new(Inner {
                config,
                state: Mutex::new(state),
                http,
                delivering: tokio::sync::Mutex::new(()),
            }),
        })
    }

    /// All three doors: what shops call, the page, the control interface.
    pub fn router(&self) -> Router {
        Router::new()
            .merge(api::router())
            .merge(control::router())
            .merge(page::router())
            .with_state(self.clone())
    }

    /// Opens a simulator and serves it until the answer is stopped or dropped.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn spawn(config: Config, address: SocketAddr) -> Result<Running, OpenError> {
        let simulator = Self::open(config)?;
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let server = tokio::spawn(serve(listener, simulator.clone(), stopped.clone()));
        let clockwork = match simulator.inner.config.ticks {
            Ticks::ByHand => None,
            Ticks::Every(period) => {
                Some(tokio::spawn(tick_every(period, simulator.clone(), stopped)))
            }
        };
        Ok(Running {
            address,
            simulator,
            stop,
            server,
            clockwork,
        })
    }

    /// One round of the scheduler: planned payments are made, blocks are found, payouts move on,
    /// and every callback that nobody acknowledged is sent again.
    pub async fn tick(&self) {
        self.advance();
        self.deliver_all().await;
    }

    /// The part of a round that happens on the chain. Nobody is called back before the next round.
    pub fn advance(&self) {
        self.change(|desk| {
            desk.pay_what_was_planned();
            if !desk.state.payouts_by_hand {
                desk.run_tasks();
            }
            desk.find_blocks();
            desk.update_payouts();
        });
    }

    /// Pays to an address in its invoice's own coin, confirmed at once. Nobody is called back before
    /// the next round: this is for whoever plays payer and shop in one.
    ///
    /// # Errors
    /// [`PayerError`]: no such address, or no amount of its coin.
    pub fn pay_unheard(&self, address: &str, amount: &str) -> Result<(), PayerError> {
        let payment = Payment {
            to: address.to_owned(),
            crypto: None,
            amount: Some(amount.to_owned()),
            seen: Seen::Confirmed,
            txid: None,
            copies: 1,
            after_s: 0,
        };
        self.change(|desk| desk.pay(payment)).map(drop)
    }

    /// Pays, and tells of it when the payment shows at once.
    pub(crate) async fn pay(&self, payment: Payment) -> Result<String, PayerError> {
        let txid = self.change(|desk| desk.pay(payment))?;
        self.deliver_new().await;
        Ok(txid)
    }

    /// Lets something happen to a transaction, and tells what there is to tell.
    pub(crate) async fn turn(&self, txid: &str, turn: Turn) -> Result<String, PayerError> {
        let txid = self.change(|desk| desk.turn(txid, turn))?;
        self.deliver_new().await;
        Ok(txid)
    }

    /// Lets a waiting payout leave and be confirmed, and tells of it.
    pub(crate) async fn pay_out(&self, task: &str) -> Result<(), PayerError> {
        self.change(|desk| {
            desk.check_waiting(task)?;
            desk.run_task(task);
            desk.find_blocks();
            desk.update_payouts();
            Ok(())
        })?;
        self.deliver_new().await;
        Ok(())
    }

    /// Lets a waiting payout fail, before or after the money left.
    pub(crate) fn fail_payout(&self, task: &str, money_leaves: bool) -> Result<(), PayerError> {
        self.change(|desk| {
            desk.check_waiting(task)?;
            desk.fail_task(task, money_leaves);
            desk.update_payouts();
            Ok(())
        })
    }

    pub(crate) fn config(&self) -> &Config {
        &self.inner.config
    }

    pub(crate) fn http(&self) -> &reqwest::Client {
        &self.inner.http
    }

    pub(crate) async fn delivering(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.inner.delivering.lock().await
    }

    pub(crate) fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state and keeps it before anybody hears of it: a process that is killed must
    /// not bring back money that left.
    pub(crate) fn change<T>(&self, act: impl FnOnce(&mut Desk<'_>) -> T) -> T {
        let config = &self.inner.config;
        let mut state = self.lock();
        let answer = act(&mut Desk {
            state: &mut state,
            config,
            now_ms: config.clock.now_ms(),
        });
        if let Some(path) = &config.state_file
            && let Err(error) = save::save(path, &state)
        {
            tracing::error!(%error, path = %path.display(), "the simulator's state is not kept");
        }
        answer
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A handler that panicked has not left the state in pieces that matter to a simulator.
        self.inner
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

fn opening_balances(config: &Config) -> BTreeMap<String, Units> {
    let whole = config.opening_balance.to_string();
    COINS
        .into_iter()
        .filter_map(|coin| Some((coin.name.to_owned(), coin.read(&whole)?)))
        .collect()
}

/// A simulator that is being served. Dropping it lets it end on its own.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    simulator: Simulator,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    clockwork: Option<JoinHandle<()>>,
}

impl Running {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The simulator that is served.
    pub fn simulator(&self) -> &Simulator {
        &self.simulator
    }

    /// Stops serving and waits until open requests are answered.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let clockwork = async {
            if let Some(task) = self.clockwork {
                wait_for(task).await;
            }
        };
        clockwork.await;
        wait_for(self.server).await;
    }
}

async fn wait_for(task: JoinHandle<()>) {
    if let Err(error) = task.await {
        tracing::error!(%error, "a task of the simulator ended badly");
    }
}

async fn serve(listener: TcpListener, simulator: Simulator, stopped: watch::Receiver<bool>) {
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "small packets will wait");
        }
    });
    let served = axum::serve(listener, simulator.router())
        .with_graceful_shutdown(until_stopped(stopped))
        .await;
    if let Err(error) = served {
        tracing::error!(%error, "the simulator stopped serving");
    }
}

async fn tick_every(
    period: core::time::Duration,
    simulator: Simulator,
    stopped: watch::Receiver<bool>,
) {
    let mut clock = tokio::time::interval(period);
    clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut stopping = core::pin::pin!(until_stopped(stopped));
    loop {
        tokio::select! {
            () = &mut stopping => return,
            _ = clock.tick() => {}
        }
        // A callback that is cut off here was not acknowledged, so it comes again.
        tokio::select! {
            () = &mut stopping => return,
            () = simulator.tick() => {}
        }
    }
}

async fn until_stopped(mut stopped: watch::Receiver<bool>) {
    // An error means that the sender is gone: that is a stop as well.
    drop(stopped.wait_for(|stop| *stop).await);
}
