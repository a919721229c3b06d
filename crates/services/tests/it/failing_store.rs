//! A store that takes in no deals while a switch is on: what a crash at that moment looks like.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use domain::Timestamp;
use domain::deal::Deal;
use domain::id::DealId;
use storage::{
    Aggregates, AuditLog, Categories, CommitError, DeadLetters, DealSummary, Deals, DepositClaims,
    Files, Heartbeats, Inbox, InsertError, Intents, JointPayouts, Leases, LedgerEntries, Limit,
    Lists, Mails, Notifications, OneTimeCodes, Outbox, Page, PageRequest, PayoutSwitch,
    Reconciliations, Requests, Retries, Sessions, SignUps, Store, StoreError, Tag, Undispatched,
    Users, Windows,
};

#[derive(Debug)]
pub(crate) struct FailingStore {
    inner: Arc<dyn Store>,
    broken: Arc<AtomicBool>,
}

impl FailingStore {
    pub(crate) fn new(inner: Arc<dyn Store>, broken: Arc<AtomicBool>) -> Self {
        Self { inner, broken }
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
        joint_payouts: JointPayouts,
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
        self.inner.deals().mark_dispatched(id, seq).await
    }
}

#[async_trait]
impl Deals for FailingStore {
    async fn list_due(&self, now: Timestamp, limit: Limit) -> Result<Vec<DealId>, StoreError> {
        self.inner.deals().list_due(now, limit).await
    }

    async fn list_running(
        &self,
        after: Option<DealId>,
        limit: Limit,
    ) -> Result<Vec<DealId>, StoreError> {
        self.inner.deals().list_running(after, limit).await
    }
}
