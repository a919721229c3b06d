//! The use cases' common ground: the store, the ports, the settings.

use std::sync::Arc;

use domain::Timestamp;
use domain::category::Catalogue;
use storage::Store;
use tokio::sync::{Notify, watch};

use crate::config::Config;
use crate::identity::Hasher;
use crate::jobs::{JobCounts, Pace};
use crate::kept::Kept;
use crate::ports::gateway::PaymentGateway;
use crate::ports::{Blobs, Clock, Mailer, Previews, Random};
use crate::solvency::CallbackRefusals;

/// What [`Services`] is made of. The composition root fills it; leaving one out does not compile.
#[derive(Debug)]
pub struct Parts {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Unforeseeable bytes.
    pub random: Arc<dyn Random>,
    /// Mail that leaves the house.
    pub mailer: Arc<dyn Mailer>,
    /// Addresses to pay to, and payouts.
    pub gateway: Arc<dyn PaymentGateway>,
    /// The bytes of files.
    pub blobs: Arc<dyn Blobs>,
    /// Pictures that are safe to show.
    pub previews: Arc<dyn Previews>,
    /// Settings.
    pub config: Config,
}

/// All use cases of Amn. Cheap to share behind an `Arc`; holds no state of any person.
#[derive(Debug)]
pub struct Services {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) mailer: Arc<dyn Mailer>,
    pub(crate) gateway: Arc<dyn PaymentGateway>,
    pub(crate) blobs: Arc<dyn Blobs>,
    pub(crate) previews: Arc<dyn Previews>,
    /// Told after each commit of a deal, so that jobs need not wait for their turn.
    pub(crate) commits: watch::Sender<()>,
    pub(crate) config: Config,
    pub(crate) hasher: Hasher,
    /// Wakes the job that sends mail.
    pub(crate) mail_waits: Notify,
    /// What jobs of this process did.
    pub(crate) job_counts: JobCounts,
    /// When payouts under way were last asked about.
    pub(crate) payouts_asked: Pace,
    /// When somebody was last sought for a dispute that nobody judges.
    pub(crate) staff_sought: Pace,
    /// Callbacks that were not the gateway's own.
    pub(crate) callback_refusals: CallbackRefusals,
    /// All categories, as they were last read.
    pub(crate) catalogue: Kept<Catalogue>,
}

impl Services {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        let identity = &parts.config.identity;
        let hasher = Hasher::new(
            identity.password_cost,
            identity.hashes_at_once,
            &*parts.random,
        );
        Self {
            hasher,
            mail_waits: Notify::new(),
            job_counts: JobCounts::default(),
            payouts_asked: Pace::default(),
            staff_sought: Pace::default(),
            callback_refusals: CallbackRefusals::default(),
            catalogue: Kept::default(),
            store: parts.store,
            clock: parts.clock,
            random: parts.random,
            mailer: parts.mailer,
            gateway: parts.gateway,
            blobs: parts.blobs,
            previews: parts.previews,
            commits: watch::Sender::new(()),
            config: parts.config,
        }
    }

    /// The time by the clock that every rule goes by; pages count down from it.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The store itself, for the composition root: readiness, backups, seeds.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// A number that is another one once anything at all has changed, for doors that keep what
    /// they have shown. None when that cannot be told: then nothing is kept.
    pub fn data_version(&self) -> Option<u64> {
        self.store.data_version()
    }

    /// The generator, for doors that need a nonce or a request id.
    pub fn random(&self) -> &dyn Random {
        &*self.random
    }

    /// The way mail leaves, for a test message.
    pub fn mailer(&self) -> &dyn Mailer {
        &*self.mailer
    }

    /// Changes after each commit of a deal: there is work for jobs.
    pub fn commits(&self) -> watch::Receiver<()> {
        self.commits.subscribe()
    }

    /// How many password hashes were computed since the start, for metrics.
    pub fn password_hashes_computed(&self) -> u64 {
        self.hasher.computed()
    }

    /// The settings.
    pub const fn config(&self) -> &Config {
        &self.config
    }
}
