//! A store that fails, stops or is used by somebody else at the moment that a test names: what a
//! crash at that moment looks like.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::Timestamp;
use domain::deal::Deal;
use domain::id::{DealId, JointPayoutId, MailId};
use domain::joint::JointPayout;
use storage::{
    Added, Aggregates, AuditEntry, AuditFilter, AuditLog, Categories, CommitError, DeadLetters,
    DealSummary, Deals, DepositClaims, Files, Heartbeats, Inbox, InsertError, Intents,
    JointPayoutSummary, JointPayouts, KeepBody, Leases, LedgerEntries, Limit, Lists, Mails,
    NewAuditEntry, Notifications, OneTimeCodes, Outbox, OutgoingMail, Page, PageRequest,
    PayoutSwitch, PayoutTxs, Reconciliations, Reports, Requests, Retries, Sessions, SignUps, Sound,
    Store, StoreError, Tag, Undispatched, Users, Windows,
};
use tokio::sync::Notify;

#[derive(Debug)]
pub(crate) struct FailingStore {
    inner: Arc<dyn Store>,
    fuse: Arc<Fuse>,
    mute: Arc<AtomicBool>,
    crash: Arc<Crash>,
    harm: Arc<Harm>,
    blind: Arc<Blind>,
}

impl FailingStore {
    /// Reads and counts none of the lists of deals that `blind` names.
    pub(crate) fn blind(inner: Arc<dyn Store>, blind: Arc<Blind>) -> Self {
        Self {
            blind,
            ..Self::sound(inner)
        }
    }

    /// Takes in no deals and no joint payouts once the fuse is blown.
    pub(crate) fn fused(inner: Arc<dyn Store>, fuse: Arc<Fuse>) -> Self {
        Self {
            fuse,
            ..Self::sound(inner)
        }
    }

    /// Takes in neither letters nor entries of the audit log while `mute` is on.
    pub(crate) fn mute(inner: Arc<dyn Store>, mute: Arc<AtomicBool>) -> Self {
        Self {
            mute,
            ..Self::sound(inner)
        }
    }

    pub(crate) fn crashing(inner: Arc<dyn Store>, crash: Arc<Crash>) -> Self {
        Self {
            crash,
            ..Self::sound(inner)
        }
    }

    /// Finds deals with that harm done to them.
    pub(crate) fn harmed(inner: Arc<dyn Store>, harm: Arc<Harm>) -> Self {
        Self {
            harm,
            ..Self::sound(inner)
        }
    }

    fn sound(inner: Arc<dyn Store>) -> Self {
        Self {
            inner,
            fuse: Arc::default(),
            mute: Arc::default(),
            crash: Arc::default(),
            harm: Arc::default(),
            blind: Arc::default(),
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

/// Which lists of deals cannot be read, by the order in which they are asked for.
#[derive(Debug, Default)]
pub(crate) struct Blind {
    asked: AtomicU32,
    lists: Mutex<Vec<u32>>,
}

impl Blind {
    /// From now on, counted from 0.
    pub(crate) fn to(&self, lists: &[u32]) {
        *self.lists.lock().unwrap() = lists.to_vec();
        self.asked.store(0, Ordering::SeqCst);
    }

    fn look(&self) -> Result<(), StoreError> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        if self.lists.lock().unwrap().contains(&number) {
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

    /// Lets whoever was named commit now.
    async fn let_others_first(&self, store: &dyn Store) -> Result<(), CommitError> {
        let other = self.meanwhile.lock().unwrap().take();
        match other {
            Some(other) => store.deals().commit(&other, other.version - 1).await,
            None => Ok(()),
        }
    }

    /// Never comes back when this is the event after which somebody dies.
    async fn come_after(&self, seq: u64) {
        if self.after_mark.load(Ordering::SeqCst) == seq {
            self.after_mark.store(0, Ordering::SeqCst);
            self.happened.notify_one();
            std::future::pending::<()>().await;
        }
    }
}

/// What a fault of ours does to deals when they are found.
#[derive(Debug, Default)]
pub(crate) struct Harm(Mutex<BTreeMap<DealId, Harmful>>);

#[derive(Debug, Clone, Copy)]
pub(crate) enum Harmful {
    /// Whatever is decided in it breaks an invariant.
    Unsound,
    /// Whoever looks at it stops in the middle.
    Panic,
}

impl Harm {
    pub(crate) fn begin(&self, deal: DealId, harm: Harmful) {
        self.0.lock().unwrap().insert(deal, harm);
    }

    pub(crate) fn end(&self) {
        self.0.lock().unwrap().clear();
    }

    fn done_to<A: Any>(&self, mut found: A) -> A {
        if let Some(deal) = (&mut found as &mut dyn Any).downcast_mut::<Deal>() {
            let harm = self.0.lock().unwrap().get(&deal.id).copied();
            match harm {
                Some(Harmful::Unsound) => deal.proposals_made = 99,
                Some(Harmful::Panic) => panic!("deal {} is looked at", deal.id),
                None => {}
            }
        }
        found
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
        reports: Reports,
    }

    fn deals(&self) -> &dyn Deals {
        self
    }

    fn joint_payouts(&self) -> &dyn JointPayouts {
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

    fn data_version(&self) -> Option<u64> {
        self.inner.data_version()
    }

    async fn close(&self) {
        self.inner.close().await;
    }
}

macro_rules! failing {
    ($kind:ident, $id:ident, $summary:ident, $repository:ident) => {
        #[async_trait]
        impl Aggregates<$kind> for FailingStore {
            async fn find(&self, id: $id) -> Result<Option<$kind>, StoreError> {
                let found = self.inner.$repository().find(id).await?;
                Ok(found.map(|found| self.harm.done_to(found)))
            }

            async fn write_new(&self, new: Sound<'_, $kind>) -> Result<(), InsertError> {
                self.fuse.let_through()?;
                self.inner.$repository().write_new(new).await
            }

            async fn write_changed(
                &self,
                changed: Sound<'_, $kind>,
                expected: u64,
            ) -> Result<(), CommitError> {
                self.fuse.let_through()?;
                self.crash.let_others_first(self.inner.as_ref()).await?;
                self.inner
                    .$repository()
                    .write_changed(changed, expected)
                    .await
            }
        }

        #[async_trait]
        impl Lists<$kind> for FailingStore {
            async fn list_tagged(
                &self,
                tags: Vec<Tag>,
                page: PageRequest,
            ) -> Result<Page<$summary>, StoreError> {
                self.blind.look()?;
                self.inner.$repository().list_tagged(tags, page).await
            }

            async fn count_each(&self, tags: Vec<Tag>) -> Result<Vec<u64>, StoreError> {
                self.blind.look()?;
                self.inner.$repository().count_each(tags).await
            }

            async fn count_between(
                &self,
                tag: Tag,
                bounds: Vec<Timestamp>,
            ) -> Result<Vec<u64>, StoreError> {
                self.blind.look()?;
                self.inner.$repository().count_between(tag, bounds).await
            }
        }

        #[async_trait]
        impl Outbox<$kind> for FailingStore {
            async fn list_undispatched(
                &self,
                page: PageRequest,
            ) -> Result<Page<Undispatched<$id>>, StoreError> {
                self.inner.$repository().list_undispatched(page).await
            }

            async fn mark_dispatched(&self, id: $id, seq: u64) -> Result<(), StoreError> {
                self.inner.$repository().mark_dispatched(id, seq).await?;
                self.crash.come_after(seq).await;
                Ok(())
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

impl JointPayouts for FailingStore {}

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
