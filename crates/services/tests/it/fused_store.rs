//! A store that after so many writes takes in no deals and no joint payouts: what a crash at that
//! moment looks like.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use domain::Timestamp;
use domain::deal::Deal;
use domain::id::{DealId, JointPayoutId};
use domain::joint::JointPayout;
use storage::{
    Aggregates, AuditLog, Categories, CommitError, DeadLetters, DealSummary, Deals, DepositClaims,
    Files, Heartbeats, Inbox, InsertError, Intents, JointPayoutSummary, JointPayouts, Leases,
    LedgerEntries, Limit, Lists, Mails, Notifications, OneTimeCodes, Outbox, Page, PageRequest,
    PayoutSwitch, PayoutTxs, Reconciliations, Requests, Retries, Sessions, SignUps, Store,
    StoreError, Tag, Undispatched, Users, Windows,
};

/// How many writes are left.
#[derive(Debug)]
pub(crate) struct Fuse(AtomicU32);

impl Default for Fuse {
    fn default() -> Self {
        Self(AtomicU32::new(u32::MAX))
    }
}

impl Fuse {
    /// Lets so many writes through, then none.
    pub(crate) fn blow_after(&self, writes: u32) {
        self.0.store(writes, Ordering::SeqCst);
    }

    /// Lets all writes through again.
    pub(crate) fn mend(&self) {
        self.blow_after(u32::MAX);
    }

    pub(crate) fn is_blown(&self) -> bool {
        self.0.load(Ordering::SeqCst) == 0
    }

    fn let_through(&self) -> Result<(), StoreError> {
        let fewer = |left: u32| left.checked_sub(1);
        match self
            .0
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, fewer)
        {
            Ok(_) => Ok(()),
            Err(_) => Err(StoreError::unavailable("switched off")),
        }
    }
}

#[derive(Debug)]
pub(crate) struct FusedStore {
    inner: Arc<dyn Store>,
    fuse: Arc<Fuse>,
}

impl FusedStore {
    pub(crate) fn new(inner: Arc<dyn Store>, fuse: Arc<Fuse>) -> Self {
        Self { inner, fuse }
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
impl Store for FusedStore {
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
        payout_txs: PayoutTxs,
        reconciliations: Reconciliations,
        windows: Windows,
        inbox: Inbox,
        files: Files,
    }

    fn deals(&self) -> &dyn Deals {
        self
    }

    fn joint_payouts(&self) -> &dyn JointPayouts {
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

macro_rules! failing {
    ($kind:ident, $id:ident, $summary:ident, $repository:ident) => {
        #[async_trait]
        impl Aggregates<$kind> for FusedStore {
            async fn find(&self, id: $id) -> Result<Option<$kind>, StoreError> {
                self.inner.$repository().find(id).await
            }

            async fn insert(&self, new: &$kind) -> Result<(), InsertError> {
                self.fuse.let_through()?;
                self.inner.$repository().insert(new).await
            }

            async fn commit(&self, changed: &$kind, expected: u64) -> Result<(), CommitError> {
                self.fuse.let_through()?;
                self.inner.$repository().commit(changed, expected).await
            }
        }

        #[async_trait]
        impl Lists<$kind> for FusedStore {
            async fn list_tagged(
                &self,
                tags: Vec<Tag>,
                page: PageRequest,
            ) -> Result<Page<$summary>, StoreError> {
                self.inner.$repository().list_tagged(tags, page).await
            }

            async fn count_tagged(&self, tag: Tag) -> Result<u64, StoreError> {
                self.inner.$repository().count_tagged(tag).await
            }

            async fn count_each(&self, tags: Vec<Tag>) -> Result<Vec<u64>, StoreError> {
                self.inner.$repository().count_each(tags).await
            }
        }

        #[async_trait]
        impl Outbox<$kind> for FusedStore {
            async fn list_undispatched(
                &self,
                limit: Limit,
            ) -> Result<Vec<Undispatched<$kind>>, StoreError> {
                self.inner.$repository().list_undispatched(limit).await
            }

            async fn mark_dispatched(&self, id: $id, seq: u64) -> Result<(), StoreError> {
                self.inner.$repository().mark_dispatched(id, seq).await
            }
        }
    };
}

failing!(Deal, DealId, DealSummary, deals);
failing!(
    JointPayout,
    JointPayoutId,
    JointPayoutSummary,
    joint_payouts
);

impl JointPayouts for FusedStore {}

#[async_trait]
impl Deals for FusedStore {
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
