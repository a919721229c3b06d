//! A store that fails, stops or is used by somebody else at the moment that a test names.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::Timestamp;
use domain::deal::Deal;
use domain::id::DealId;
use tokio::sync::Notify;

use storage::{
    Aggregates, AuditLog, Categories, CommitError, DeadLetters, DealSummary, Deals, DepositClaims,
    Files, Heartbeats, Inbox, InsertError, Intents, Leases, LedgerEntries, Limit, Lists, Mails,
    Notifications, OneTimeCodes, Outbox, Page, PageRequest, PayoutSwitch, Reconciliations,
    Requests, Retries, Sessions, SignUps, Store, StoreError, Tag, Undispatched, Users, Windows,
};

#[derive(Debug)]
pub(crate) struct FailingStore {
    inner: Arc<dyn Store>,
    broken: Arc<AtomicBool>,
    crash: Arc<Crash>,
}

impl FailingStore {
    /// Takes in no deals while the switch is on.
    pub(crate) fn new(inner: Arc<dyn Store>, broken: Arc<AtomicBool>) -> Self {
        Self {
            inner,
            broken,
            crash: Arc::default(),
        }
    }

    pub(crate) fn crashing(inner: Arc<dyn Store>, crash: Arc<Crash>) -> Self {
        Self {
            inner,
            broken: Arc::default(),
            crash,
        }
    }
}

/// The moment at which something happens to whoever uses the store.
#[derive(Debug, Default)]
pub(crate) struct Crash {
    after_mark: AtomicU64,
    happened: Notify,
    meanwhile: Mutex<Option<Deal>>,
}

impl Crash {
    /// Whoever notes that this event of a deal was relayed dies right after it, once.
    pub(crate) fn after_mark(&self, seq: u64) {
        self.after_mark.store(seq, Ordering::SeqCst);
    }

    /// Resolves when it has come.
    pub(crate) async fn happened(&self) {
        self.happened.notified().await;
    }

    /// Somebody else commits this right before the next commit of a deal.
    pub(crate) fn meanwhile(&self, deal: Deal) {
        *self.meanwhile.lock().unwrap() = Some(deal);
    }
}

macro_rules! as_it_is {
    ($($name:ident: $repository:ident,)+) => {$(
        fn $name(&self) -> &dyn $repository {
            self.inner.$name()
        }
    )+};
}

#[async_trait]
impl Store for FailingStore {
    as_it_is! {
        users: Users,
        categories: Categories,
        requests: Requests,
        intents: Intents,
        sessions: Sessions,
        sign_ups: SignUps,
        one_time_codes: OneTimeCodes,
        notifications: Notifications,
        mails: Mails,
        audit: AuditLog,
        deposit_claims: DepositClaims,
        ledger_entries: LedgerEntries,
        leases: Leases,
        heartbeats: Heartbeats,
        dead_letters: DeadLetters,
        retries: Retries,
        payout_switch: PayoutSwitch,
        reconciliations: Reconciliations,
        windows: Windows,
        inbox: Inbox,
        files: Files,
    }

    fn deals(&self) -> &dyn Deals {
        self
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.inner.check().await
    }

    async fn sweep(&self, now: Timestamp, limit: Limit) -> Result<u64, StoreError> {
        self.inner.sweep(now, limit).await
    }

    async fn close(&self) {
        self.inner.close().await;
    }
}

#[async_trait]
impl Aggregates<Deal> for FailingStore {
    async fn find(&self, id: DealId) -> Result<Option<Deal>, StoreError> {
        self.inner.deals().find(id).await
    }

    async fn insert(&self, new: &Deal) -> Result<(), InsertError> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(InsertError::Store(StoreError::unavailable("switched off")));
        }
        self.inner.deals().insert(new).await
    }

    async fn commit(&self, changed: &Deal, expected: u64) -> Result<(), CommitError> {
        let other = self.crash.meanwhile.lock().unwrap().take();
        if let Some(other) = other {
            let deals = self.inner.deals();
            deals.commit(&other, expected).await?;
        }
        self.inner.deals().commit(changed, expected).await
    }
}

#[async_trait]
impl Lists<Deal> for FailingStore {
    async fn list_tagged(
        &self,
        tags: Vec<Tag>,
        page: PageRequest,
    ) -> Result<Page<DealSummary>, StoreError> {
        self.inner.deals().list_tagged(tags, page).await
    }

    async fn count_tagged(&self, tag: Tag) -> Result<u64, StoreError> {
        self.inner.deals().count_tagged(tag).await
    }
}

#[async_trait]
impl Outbox<Deal> for FailingStore {
    async fn list_undispatched(&self, limit: Limit) -> Result<Vec<Undispatched<Deal>>, StoreError> {
        self.inner.deals().list_undispatched(limit).await
    }

    async fn mark_dispatched(&self, id: DealId, seq: u64) -> Result<(), StoreError> {
        self.inner.deals().mark_dispatched(id, seq).await?;
        if self.crash.after_mark.load(Ordering::SeqCst) == seq {
            self.crash.after_mark.store(0, Ordering::SeqCst);
            self.crash.happened.notify_one();
            std::future::pending::<()>().await;
        }
        Ok(())
    }
}

#[async_trait]
impl Deals for FailingStore {
    async fn list_due(
        &self,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<DealId>, StoreError> {
        self.inner.deals().list_due(now, page).await
    }

    async fn list_running(
        &self,
        after: Option<DealId>,
        limit: Limit,
    ) -> Result<Vec<DealId>, StoreError> {
        self.inner.deals().list_running(after, limit).await
    }
}
