//! The composition root: which store, gateway, mail and clock the use cases run on.

use std::net::SocketAddr;
use std::sync::Arc;

use files::{DiskBlobs, Pictures};
use gateway_shkeeper::{PayoutLogin, Settings, Shkeeper};
use mail::{DemoMailer, SmtpMailer, SmtpSettings};
use services::ports::{Clock, Mailer, MovableClock, PaymentGateway, Random};
use services::{Parts, Services};
use shkeeper_simulator::Running;
use storage::{KeepBody, Store};
use storage_sqlite::SqliteStore;
use url::Url;

use crate::config::{AppEnv, Config, Gateway};
use crate::demo::{self, DemoClock, Secrets};
use crate::ports::{SystemClock, SystemRandom};
use crate::secret_key::secret_key;
use crate::serve::Fault;

/// Where the gateway calls back.
const WEBHOOK: &str = "/api/payment/shkeeper/webhook";

/// The program, put together.
pub struct Composition {
    /// The use cases.
    pub services: Arc<Services>,
    /// The simulated gateway of the demo.
    pub simulator: Option<Running>,
    /// The clock of the demo, which can be put forward.
    pub demo_clock: Option<Arc<dyn MovableClock>>,
}

impl Composition {
    /// Stops what runs beside the use cases, and closes the store.
    pub async fn close(self) {
        if let Some(simulator) = self.simulator {
            simulator.stop().await;
        }
        self.services.store().close().await;
    }
}

/// What only the demo has.
struct Demo {
    secrets: Secrets,
    clock: Arc<DemoClock>,
}

/// Puts the program together for a command that may run while the server does. It asks nothing of
/// a gateway, so the demo's is not started: there is one of it, with one file to keep its state in.
pub async fn compose_aside(config: &Config) -> Result<Composition, Fault> {
    let url = own_url(config);
    put_together(config, &url, &url, Simulated::ByOthers).await
}

/// Where this process would be reached.
pub fn own_url(config: &Config) -> String {
    let listened_on = || format!("http://{}", config.listen);
    config.public_url.clone().unwrap_or_else(listened_on)
}

/// Who runs the demo's gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Simulated {
    /// This process.
    Here,
    /// Another process, or nobody.
    ByOthers,
}

/// Puts the program together. `own_url` is where this process can be reached from this machine;
/// `public_url` is where people reach it.
pub async fn compose(
    config: &Config,
    own_url: &str,
    public_url: &str,
) -> Result<Composition, Fault> {
    put_together(config, own_url, public_url, Simulated::Here).await
}

async fn put_together(
    config: &Config,
    own_url: &str,
    public_url: &str,
    simulated: Simulated,
) -> Result<Composition, Fault> {
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    if let Some(folder) = config.store.parent() {
        std::fs::create_dir_all(folder)
            .map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    }
    let store: Arc<dyn Store> = Arc::new(SqliteStore::open(&config.store)?);
    let data_dir = config.data_dir();
    let demo = match config.env {
        AppEnv::Demo => Some(Demo {
            secrets: Secrets::load(data_dir, &*random)?,
            clock: Arc::new(DemoClock::load(data_dir)?),
        }),
        AppEnv::Production => None,
    };
    let clock: Arc<dyn Clock> = match &demo {
        Some(demo) => Arc::clone(&demo.clock) as _,
        None => Arc::new(SystemClock),
    };
    let simulator = match (&config.gateway, &demo) {
        (Gateway::Simulator { listen }, Some(demo)) if simulated == Simulated::Here => {
            let clock = Arc::clone(&demo.clock) as _;
            let folder = config.data_dir();
            Some(demo::start_simulator(*listen, folder, &demo.secrets, clock).await?)
        }
        _ => None,
    };
    let running = simulator.as_ref().map(Running::address);
    let settings = gateway(config, demo.as_ref(), running, own_url, public_url)?;
    let gateway: Arc<dyn PaymentGateway> = Arc::new(Shkeeper::new(settings, Arc::clone(&random))?);
    let mut settings = services::Config::new(public_url, secret_key(config)?);
    if config.env == AppEnv::Demo {
        settings.keep_mail = KeepBody::Yes;
    }
    settings.identity.seller_approval = config.seller_approval;
    config.rules.apply(&mut settings);
    config.token_keys.apply(&mut settings.identity.tokens);
    config.receipt_keys.apply(&mut settings.receipts);
    let blobs = DiskBlobs::open(&config.files)
        .map_err(|error| format!("{} cannot be used: {error}", config.files.display()))?;
    let parts = Parts {
        store,
        clock,
        random,
        mailer: mailer(config.mail.as_ref())?,
        gateway,
        blobs: Arc::new(blobs),
        previews: Arc::new(Pictures::default()),
        config: settings,
    };
    Ok(Composition {
        services: Arc::new(Services::new(parts)),
        simulator,
        demo_clock: demo.map(|demo| demo.clock as _),
    })
}

/// How the gateway is spoken to. `running` is the simulator's address when this process runs it.
fn gateway(
    config: &Config,
    demo: Option<&Demo>,
    running: Option<SocketAddr>,
    own_url: &str,
    public_url: &str,
) -> Result<Settings, Fault> {
    match (&config.gateway, demo) {
        (Gateway::Simulator { listen }, Some(Demo { secrets, .. })) => Ok(Settings {
            url: Url::parse(&format!("http://{}", running.unwrap_or(*listen)))?,
            api_key: secrets.gateway_key.clone().into(),
            webhook_secret: None,
            payout_login: Some(PayoutLogin {
                user: "admin".to_owned(),
                password: secrets.payout_password.clone().into(),
            }),
            callback_url: Url::parse(own_url)?.join(WEBHOOK)?,
            unsigned_callbacks: false,
            timeout: Settings::TIMEOUT,
            retry_pause: Settings::RETRY_PAUSE,
        }),
        (Gateway::Shkeeper(found), _) => {
            let payout_login = found.payout_login.clone();
            let callback_url = match &found.callback_url {
                Some(url) => url.clone(),
                None => Url::parse(public_url)?.join(WEBHOOK)?,
            };
            Ok(Settings {
                url: found.url.clone(),
                api_key: found.api_key.clone(),
                webhook_secret: found.webhook_secret.clone(),
                payout_login: payout_login.map(|(user, password)| PayoutLogin { user, password }),
                callback_url,
                unsigned_callbacks: found.unsigned_callbacks,
                timeout: Settings::TIMEOUT,
                retry_pause: Settings::RETRY_PAUSE,
            })
        }
        (Gateway::Simulator { .. }, None) => Err("the simulator belongs to the demo".into()),
    }
}

fn mailer(settings: Option<&SmtpSettings>) -> Result<Arc<dyn Mailer>, Fault> {
    Ok(match settings {
        Some(settings) => Arc::new(SmtpMailer::new(settings)?),
        None => Arc::new(DemoMailer),
    })
}
