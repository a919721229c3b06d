//! `amn serve`: puts the program together and runs it.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use app::assets::Assets;
use app::web::Web;
use axum::Router;
use axum::serve::ListenerExt;
use services::Services;
use services::ports::MovableClock;
use tokio::net::TcpListener;
use tokio::signal;
use tokio::sync::oneshot;

use crate::cli::ServeOptions;
use crate::compose::compose;
use crate::config::{AppEnv, Config, Environment};
use crate::http::health::Stopping;
use crate::http::starting::Starting;
use crate::jobs::Jobs;
use crate::{demo, http, log};

/// Why the server ends.
pub type Fault = Box<dyn Error + Send + Sync>;

/// What is being answered when the process is told to stop may take this long.
const FINISH_MAX: Duration = Duration::from_secs(25);

/// Serves until the process is told to stop.
pub async fn serve(options: ServeOptions) -> Result<(), Fault> {
    let variable = |name: &str| std::env::var_os(name).and_then(|value| value.into_string().ok());
    let config = Config::read(&Environment::new(&variable), options.role)?;
    log::start(config.log_format, variable("RUST_LOG").as_deref());

    let (listener, twin) = listen(config.listen)?;
    let address = listener.local_addr()?;
    let starting = Starting::begin(twin);
    let own_url = format!("http://{}", reachable(address));
    let public_url = config.public_url.clone().unwrap_or_else(|| own_url.clone());
    let composition = compose(&config, &own_url, &public_url).await?;
    let services = &composition.services;
    if config.env == AppEnv::Demo {
        let simulator = composition.simulator.as_ref();
        demo::prepare(services, config.data_dir(), &public_url, simulator).await?;
    }
    let demo_clock = composition.demo_clock.clone();
    let web = web(&config, public_url, services, demo_clock)?;
    let stopping = Stopping::default();
    let router = http::router(&config, &web, &stopping);
    // What ran out while nobody was there is given its time back before anybody sees it.
    services.wake_up().await?;
    let jobs = Jobs::start(services, &hex::encode(services.random().bytes::<8>()));
    starting.end().await?;
    // Only now: whoever waits for this line must not be told to come again.
    tracing::info!(url = web.public_url, %address, role = ?options.role, "listening");
    serve_until_told(listener, router, stopping).await?;
    jobs.stop().await;
    composition.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// The listener, twice: for what is answered while the program is put together, and afterwards.
fn listen(address: SocketAddr) -> Result<(TcpListener, TcpListener), Fault> {
    let listener = std::net::TcpListener::bind(address)
        .map_err(|error| format!("{address} cannot be listened on: {error}"))?;
    listener.set_nonblocking(true)?;
    let twin = listener.try_clone()?;
    Ok((
        TcpListener::from_std(listener)?,
        TcpListener::from_std(twin)?,
    ))
}

/// Answers until the process is told to stop, and finishes what it has begun.
async fn serve_until_told(
    listener: TcpListener,
    router: Router,
    not_ready: Stopping,
) -> Result<(), Fault> {
    // Without this a small answer waits for the acknowledgement of the one before.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection without nodelay");
        }
    });
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    let (stopping, stopped) = oneshot::channel();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move {
        told_to_stop().await;
        not_ready.begin();
        // Nobody listens when the server has ended by itself.
        stopping.send(()).ok();
    });
    let overdue = async {
        match stopped.await {
            Ok(()) => tokio::time::sleep(FINISH_MAX).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        served = serving.into_future() => served?,
        () = overdue => tracing::warn!("some answers were not finished in time"),
    }
    Ok(())
}

/// The address by which this machine reaches itself.
fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        SocketAddr::from(([127, 0, 0, 1], address.port()))
    } else {
        address
    }
}

/// What all pages share: the built files, and the use cases.
fn web(
    config: &Config,
    public_url: String,
    services: &Arc<Services>,
    demo_clock: Option<Arc<dyn MovableClock>>,
) -> Result<Arc<Web>, Fault> {
    let list = config.site_dir.join("assets.txt");
    let manifest = std::fs::read_to_string(&list).map_err(|error| {
        format!(
            "{} cannot be read ({error}); build with `cargo xtask build`",
            list.display()
        )
    })?;
    Ok(Arc::new(Web {
        assets: Assets::parse(&manifest)?,
        demo: config.env == AppEnv::Demo,
        demo_clock,
        public_url,
        help_address: config.help_address.clone(),
        forms_per_minute: config.forms_per_minute,
        services: Arc::clone(services),
    }))
}

/// Resolves at Ctrl-C or SIGTERM.
async fn told_to_stop() {
    let interrupted = signal::ctrl_c();
    #[cfg(unix)]
    {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminated) => tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            },
            Err(_) => drop(interrupted.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupted.await);
}
