//! `amn serve`: puts the program together and runs it.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

use app::assets::Assets;
use app::web::Web;
use axum::serve::ListenerExt;
use services::{Parts, Services};
use storage_sqlite::SqliteStore;
use tokio::net::TcpListener;
use tokio::signal;

use crate::cli::ServeOptions;
use crate::config::{AppEnv, Config, Environment};
use crate::ports::{KeptMailer, SystemClock, SystemRandom};
use crate::secret_key::secret_key;
use crate::{http, log};

/// Why the server ends.
pub type Fault = Box<dyn Error + Send + Sync>;

/// Serves until the process is told to stop.
pub async fn serve(options: ServeOptions) -> Result<(), Fault> {
    let variable = |name: &str| std::env::var_os(name).and_then(|value| value.into_string().ok());
    let config = Config::read(&Environment::new(&variable), options.role)?;
    log::start(config.log_format, variable("RUST_LOG").as_deref());

    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(|error| format!("{} cannot be listened on: {error}", config.listen))?;
    let address = listener.local_addr()?;
    let web = web(&config, address)?;
    let router = http::router(&config, &web);
    tracing::info!(url = web.public_url, %address, role = ?options.role, "listening");

    // Without this a small answer waits for the acknowledgement of the one before.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection without nodelay");
        }
    });
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, router)
        .with_graceful_shutdown(told_to_stop())
        .await?;
    tracing::info!("stopped");
    Ok(())
}

/// What all pages share: the built files, and the use cases over the store.
fn web(config: &Config, address: SocketAddr) -> Result<Arc<Web>, Fault> {
    let list = config.site_dir.join("assets.txt");
    let manifest = std::fs::read_to_string(&list).map_err(|error| {
        format!(
            "{} cannot be read ({error}); build with `cargo xtask build`",
            list.display()
        )
    })?;
    let public_url = config
        .public_url
        .clone()
        .unwrap_or_else(|| format!("http://{address}"));
    let services = Services::new(Parts {
        store: Arc::new(SqliteStore::open(&config.store)?),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        mailer: Arc::new(KeptMailer),
        config: services::Config::new(&public_url, secret_key(config)?),
    });
    Ok(Arc::new(Web {
        assets: Assets::parse(&manifest)?,
        demo: config.env == AppEnv::Demo,
        public_url,
        services: Arc::new(services),
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
