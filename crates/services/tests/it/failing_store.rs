//! A store that fails, stops or is used by somebody else at the moment that a test names: what a
//! crash at that moment looks like.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::Timestamp;
use domain::deal::Deal;
use domain::id::{DealId, MailId};
use storage::{
    Added, Aggregates, AuditEntry, AuditFilter, AuditLog, Categories, CommitError, DeadLetters,
    DealSummary, Deals, DepositClaims, Files, Heartbeats, Inbox, InsertError, Intents,
    JointPayouts, KeepBody, Leases, LedgerEntries, Limit, Lists, Mails, NewAuditEntry,
    Notifications, OneTimeCodes, Outbox, OutgoingMail, Page, PageRequest, PayoutSwitch, PayoutTxs,
    Reconciliations, Requests, Retries, Sessions, SignUps, Store, StoreError, Tag, Undispatched,
    Users, Windows,
};
use tokio::sync::Notify;

#[derive(Debug)]
pub(crate) struct FailingStore {
    inner: Arc<dyn Store>,
    broken: Arc<AtomicBool>,
    mute: Arc<AtomicBool>,
    crash: Arc<Crash>,
}

impl FailingStore {
    /// Takes in no deals while the switch is on.
    pub(crate) fn new(inner: Arc<dyn Store>, broken: Arc<AtomicBool>) -> Self {
        Self {
            inner,
            broken,
            mute: Arc::default(),
            crash: Arc::default(),
        }
    }

    /// Takes in neither letters nor entries of the audit log while `mute` is on.
    pub(crate) fn mute(inner: Arc<dyn Store>, mute: Arc<AtomicBool>) -> Self {
        Self {
            inner,
            broken: Arc::default(),
            mute,
            crash: Arc::default(),
        }
    }

    pub(crate) fn crashing(inner: Arc<dyn Store>, crash: Arc<Crash>) -> Self {
        Self {
            inner,
            broken: Arc::default(),
            mute: Arc::default(),
            crash,
        }
    }

    fn speak(&self) -> Result<(), StoreError> {
        if self.mute.load(Ordering::SeqCst) {
            Err(StoreError::unavailable("switched off"))
        } else {
            Ok(())
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
        joint_payouts: JointPayouts,
        intents: Intents,
        sessions: Sessions,
        sign_ups: SignUps,
        one_time_codes: OneTimeCodes,
        notifications: Notifications,
        deposit_claims: DepositClaims,
        ledger_entries: LedgerEntries,
        leases: Leases,
        heartbeats: Heartbeats,
        dead_letters: DeadLetters,
        retries: Retries,
        payout_switch: PayoutSwitch,
        payout_txs: PayoutTxs,
        reconciliations: Reconciliations,
        windows: Windows,
        inbox: Inbox,
        files: Files,
    }

    fn deals(&self) -> &dyn Deals {
        self
    }

    fn mails(&self) -> &dyn Mails {
        self
    }

    fn audit(&self) -> &dyn AuditLog {
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
        if self.broken.load(Ordering::SeqCst) {
            return Err(CommitError::Store(StoreError::unavailable("switched off")));
        }
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

    async fn count_each(&self, tags: Vec<Tag>) -> Result<Vec<u64>, StoreError> {
        self.inner.deals().count_each(tags).await
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

#[async_trait]
impl AuditLog for FailingStore {
    async fn append(&self, entry: NewAuditEntry) -> Result<AuditEntry, StoreError> {
        self.speak()?;
        self.inner.audit().append(entry).await
    }

    async fn list(
        &self,
        filter: &AuditFilter,
        page: PageRequest,
    ) -> Result<Page<AuditEntry>, StoreError> {
        self.inner.audit().list(filter, page).await
    }

    async fn list_after(&self, seq: u64, limit: Limit) -> Result<Vec<AuditEntry>, StoreError> {
        self.inner.audit().list_after(seq, limit).await
    }
}

#[async_trait]
impl Mails for FailingStore {
    async fn queue(&self, mail: &OutgoingMail) -> Result<Added, StoreError> {
        self.speak()?;
        self.inner.mails().queue(mail).await
    }

    async fn find(&self, id: MailId) -> Result<Option<OutgoingMail>, StoreError> {
        self.inner.mails().find(id).await
    }

    async fn list_due(
        &self,
        now: Timestamp,
        limit: Limit,
    ) -> Result<Vec<OutgoingMail>, StoreError> {
        self.inner.mails().list_due(now, limit).await
    }

    async fn mark_sent(&self, id: MailId, at: Timestamp, keep: KeepBody) -> Result<(), StoreError> {
        self.inner.mails().mark_sent(id, at, keep).await
    }

    async fn mark_failed(
        &self,
        id: MailId,
        at: Timestamp,
        again: Option<Timestamp>,
        error: &str,
    ) -> Result<(), StoreError> {
        self.speak()?;
        self.inner.mails().mark_failed(id, at, again, error).await
    }

    async fn queue_again(&self, id: MailId, at: Timestamp) -> Result<(), StoreError> {
        self.speak()?;
        self.inner.mails().queue_again(id, at).await
    }

    async fn list(
        &self,
        to: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<OutgoingMail>, StoreError> {
        self.inner.mails().list(to, page).await
    }
}
