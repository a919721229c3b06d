//! A house: use cases with a store, a gateway, people and a clock of their own.

use std::sync::{Arc, Mutex, PoisonError};

use domain::category::{Category, Slug};
use domain::deal::Deal;
use domain::id::{CategoryId, DealId};
use domain::text::Line;
use domain::{Localized, Span};
use services::config::{PasswordCost, SellerApproval};
use services::jobs::Job;
use services::ports::PaymentGateway;
use services::testing::{CapturingMailer, ManualClock, MemoryBlobs, SeededRandom, StampPreviews};
use services::{CodeKey, Config, Parts, Services};
use storage::Store;
use storage_sqlite::testing::TemporaryStore;

use crate::cut::cut_after;
use crate::dice::{Dice, mixed};
use crate::gateway::{Bank, Guard, Seen};
use crate::people::People;
use crate::report::Tally;
use crate::webhook::{self, Current, Webhook};
use crate::{Between, Fault};

/// Longer than the lease of a job that was cut off.
const AFTER_A_CRASH: Span = Span::seconds(61);
/// A sign of life comes at least so often, or it is taken for downtime.
const BEAT: Span = Span::minutes(9);
/// How many waits a crash comes after at the most.
const WAITS_MAX: u32 = 14;

/// What moves deals.
pub(crate) const MOVING: [Job; 4] = [Job::Heartbeat, Job::Relay, Job::Deadlines, Job::Payouts];
/// What else runs. Addresses are read seldom here: callbacks should be what tells of most.
pub(crate) const WATCHING: [Job; 4] = [Job::Polling, Job::Reconciliation, Job::Mail, Job::CleanUp];

/// What all journeys of a house have in common.
pub(crate) struct House {
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) bank: Bank,
    pub(crate) people: People,
    pub(crate) seen: Arc<Seen>,
    pub(crate) dice: Dice,
    pub(crate) tally: Tally,
    current: Current,
    put_together: Box<dyn Fn() -> Services + Send + Sync>,
    _webhook: Webhook,
    /// Goes away last.
    store: TemporaryStore,
}

impl House {
    pub(crate) async fn open(seed: u64, between: Between) -> Result<Self, Fault> {
        let clock = Arc::new(ManualClock::default());
        let bank = Bank::open(seed, &clock).await?;
        let (listener, address) = Webhook::listen().await?;
        let store = TemporaryStore::new();
        let orders = Arc::new(Seen::default());
        let adapter: Arc<dyn PaymentGateway> = Arc::new(bank.adapter(address)?);
        let guard = Guard::new(between(adapter), store.store(), Arc::clone(&orders));
        let mailer = Arc::new(CapturingMailer::default());
        let put_together = parts(&store, &clock, &mailer, Arc::new(guard), seed);
        let current: Current = Arc::new(Mutex::new(Arc::new(put_together())));
        let services = webhook::current(&current);
        add_category(&services).await?;
        let people = People::meet(&services, &mailer).await?;
        let house = Self {
            clock,
            bank,
            people,
            seen: orders,
            dice: Dice::new(mixed(seed, 1)),
            tally: Tally::default(),
            _webhook: Webhook::serve(listener, Arc::clone(&current)),
            current,
            put_together: Box::new(put_together),
            store,
        };
        // A new payout address waits for a day before money goes there.
        house.pass(Span::hours(25)).await?;
        Ok(house)
    }

    /// The use cases as they were last put together.
    pub(crate) fn services(&self) -> Arc<Services> {
        webhook::current(&self.current)
    }

    pub(crate) fn store(&self) -> Arc<dyn Store> {
        self.store.store()
    }

    pub(crate) async fn deal(&self, id: DealId) -> Result<Deal, Fault> {
        let found = self.store.store().deals().find(id).await?;
        Ok(found.ok_or("a deal is lost")?)
    }

    /// After how many waits what comes next is cut off, if it is.
    pub(crate) fn draw_cut(&mut self) -> Option<u32> {
        self.dice.percent(8).then(|| self.dice.below(WAITS_MAX))
    }

    /// The process ends here and is put together anew on what the store has.
    pub(crate) fn crash(&mut self) {
        self.tally.crashes += 1;
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        *current = Arc::new((self.put_together)());
    }

    /// Runs jobs once each, in any order, some of them cut off in the middle.
    pub(crate) async fn run_jobs(&mut self, jobs: &[Job], may_crash: bool) -> Result<(), Fault> {
        let mut jobs = jobs.to_vec();
        self.dice.shuffle(&mut jobs);
        for job in jobs {
            let services = self.services();
            let cut = self.draw_cut().filter(|_| may_crash);
            let run = services.run_job(job, "drill");
            match cut {
                None => drop(run.await?),
                Some(waits) => {
                    if cut_after(waits, run).await.is_none() {
                        self.crash();
                        self.pass(AFTER_A_CRASH).await?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Lets time pass as it does, with a sign of life in every stretch of it.
    pub(crate) async fn pass(&self, span: Span) -> Result<(), Fault> {
        let mut left = span;
        while left > Span::ZERO {
            let step = left.min(BEAT);
            self.clock.advance(step);
            // What the heartbeat's job writes; the job itself runs with the others.
            self.store()
                .heartbeats()
                .beat(self.services().now())
                .await?;
            left = left.minus(step);
        }
        Ok(())
    }

    pub(crate) async fn close(self) {
        self.store.close().await;
        self.bank.stop().await;
    }
}

/// How the use cases are put together, again and again, on the same store.
fn parts(
    store: &TemporaryStore,
    clock: &Arc<ManualClock>,
    mailer: &Arc<CapturingMailer>,
    gateway: Arc<dyn PaymentGateway>,
    seed: u64,
) -> impl Fn() -> Services + Send + Sync + use<> {
    let (store, clock, mailer) = (store.store(), Arc::clone(clock), Arc::clone(mailer));
    let random = Arc::new(SeededRandom::new(mixed(seed, 2)));
    let blobs = Arc::new(MemoryBlobs::default());
    move || {
        let mut config = Config::new("https://amn.example", CodeKey::new([9; 32]));
        // Passwords are not what is drilled.
        config.identity.password_cost = PasswordCost {
            memory_kib: 8,
            passes: 1,
        };
        config.identity.seller_approval = SellerApproval::Auto;
        Services::new(Parts {
            store: Arc::clone(&store),
            clock: Arc::clone(&clock) as _,
            random: Arc::clone(&random) as _,
            mailer: Arc::clone(&mailer) as _,
            gateway: Arc::clone(&gateway),
            blobs: Arc::clone(&blobs) as _,
            previews: Arc::new(StampPreviews),
            config,
        })
    }
}

pub(crate) fn category() -> CategoryId {
    CategoryId::derived(&[b"cameras"])
}

async fn add_category(services: &Services) -> Result<(), Fault> {
    let name = Line::new("Cameras")?;
    let name = Localized::each(|_| name.clone());
    let category = Category::new(name, Slug::new("cameras")?, None, 1, services.now());
    Ok(services.store().categories().insert(&category).await?)
}
