//! The store as a whole: opening, closing, a sign of life, forgetting what has expired.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use domain::Timestamp;
use domain::request::Request;
use rusqlite::Connection;
use storage::{
    AuditLog, Categories, DeadLetters, Deals, DepositClaims, Files, Heartbeats, Inbox, Intents,
    JointPayouts, Leases, LedgerEntries, Limit, Mails, Notifications, OneTimeCodes, PayoutSwitch,
    PayoutTxs, Reconciliations, Reports, Requests, Retries, Sessions, SignUps, Store, StoreError,
    Users, Windows,
};

use crate::failure::Failure;
use crate::open::{OpenError, Settings, connect, prepare_file};
use crate::readers::Readers;
use crate::schema::migrate;
use crate::sql::{execute, prepare, rows};
use crate::tags::forget_expired;
use crate::watch::Watch;
use crate::writer::{Writer, join};

/// Tables whose rows are forgotten at `expires_at`.
const EXPIRING: [&str; 8] = [
    "sessions",
    "sign_ups",
    "one_time_codes",
    "notifications",
    "mails",
    "windows",
    "inbox",
    "reconciliations",
];

/// A store in one file. Share it behind an `Arc`.
#[derive(Debug)]
pub struct SqliteStore {
    path: PathBuf,
    // Dropped before the writer: the last connection to close tidies the file up.
    readers: Readers,
    watch: Watch,
    writer: Writer,
}

impl SqliteStore {
    /// Opens the store at `path`, makes it if it is missing, and brings its schema up to date.
    /// Blocks; call it at start.
    ///
    /// # Errors
    /// [`OpenError`] says what stands in the way and what to do about it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        Self::open_with(path, Settings::default())
    }

    /// As [`open`](Self::open), with other settings.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_with(path: impl AsRef<Path>, settings: Settings) -> Result<Self, OpenError> {
        let path = path.as_ref();
        prepare_file(path)?;
        let mut connection = connect(path, settings)?;
        migrate(&mut connection)?;
        let readers = Readers::open(path, settings.readers)?;
        let writer = Writer::start(connection).map_err(|source| OpenError::NoThread { source })?;
        Ok(Self {
            path: path.to_owned(),
            readers,
            watch: Watch::open(path)?,
            writer,
        })
    }

    /// Where the store lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads on a connection of the pool.
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
        T: Send + 'static,
    {
        Ok(self.readers.read(work).await?)
    }

    /// Writes on the one thread; see [`Writer::write`].
    pub(crate) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Failure> + Send + 'static,
    {
        self.writer.write(work).await
    }

    /// Writes what can fail in no way but the store's.
    pub(crate) async fn record<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        F: FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
        T: Send + 'static,
    {
        Ok(self.writer.write(work).await?)
    }
}

#[async_trait]
impl Store for SqliteStore {
    fn users(&self) -> &dyn Users {
        self
    }

    fn categories(&self) -> &dyn Categories {
        self
    }

    fn requests(&self) -> &dyn Requests {
        self
    }

    fn deals(&self) -> &dyn Deals {
        self
    }

    fn joint_payouts(&self) -> &dyn JointPayouts {
        self
    }

    fn intents(&self) -> &dyn Intents {
        self
    }

    fn sessions(&self) -> &dyn Sessions {
        self
    }

    fn sign_ups(&self) -> &dyn SignUps {
        self
    }

    fn one_time_codes(&self) -> &dyn OneTimeCodes {
        self
    }

    fn notifications(&self) -> &dyn Notifications {
        self
    }

    fn mails(&self) -> &dyn Mails {
        self
    }

    fn audit(&self) -> &dyn AuditLog {
        self
    }

    fn deposit_claims(&self) -> &dyn DepositClaims {
        self
    }

    fn ledger_entries(&self) -> &dyn LedgerEntries {
        self
    }

    fn leases(&self) -> &dyn Leases {
        self
    }

    fn heartbeats(&self) -> &dyn Heartbeats {
        self
    }

    fn dead_letters(&self) -> &dyn DeadLetters {
        self
    }

    fn retries(&self) -> &dyn Retries {
        self
    }

    fn payout_switch(&self) -> &dyn PayoutSwitch {
        self
    }

    fn payout_txs(&self) -> &dyn PayoutTxs {
        self
    }

    fn reconciliations(&self) -> &dyn Reconciliations {
        self
    }

    fn windows(&self) -> &dyn Windows {
        self
    }

    fn inbox(&self) -> &dyn Inbox {
        self
    }

    fn files(&self) -> &dyn Files {
        self
    }

    fn reports(&self) -> &dyn Reports {
        self
    }

    async fn check(&self) -> Result<(), StoreError> {
        self.read(|connection| {
            prepare(connection, "SELECT beats FROM liveness WHERE id = 1")?
                .query_row([], |row| row.get::<_, i64>(0))?;
            Ok(())
        })
        .await?;
        self.record(|connection| {
            execute(
                connection,
                "UPDATE liveness SET beats = beats + 1 WHERE id = 1",
                &[],
            )?;
            Ok(())
        })
        .await
    }

    async fn sweep(&self, now: Timestamp, limit: Limit) -> Result<u64, StoreError> {
        self.record(move |connection| {
            let mut removed = forget_expired::<Request>(connection, now, limit)?;
            for table in EXPIRING {
                let sql = format!(
                    "DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} \
                     WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)"
                );
                removed += execute(connection, &sql, &[&now.unix_ms(), &rows(limit)])?;
            }
            Ok(u64::try_from(removed).unwrap_or(u64::MAX))
        })
        .await
    }

    fn data_version(&self) -> Option<u64> {
        self.watch.data_version()
    }

    async fn close(&self) {
        self.readers.close();
        self.watch.close();
        if let Some(thread) = self.writer.retire() {
            let ended = tokio::task::spawn_blocking(move || join(thread)).await;
            ended.expect("waiting for a thread does not panic");
        }
    }
}
