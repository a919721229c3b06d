//! Repository traits of Amn, stated as intents, and the conformance suite that every store passes.
//!
//! The shape follows from one rule: **one aggregate, one atomic write**. A store needs nothing but
//! atomic writes of single documents, so an embedded database and a cluster without transactions
//! both fit. What that asks of a store is written down as tests in `conformance`; a store
//! could be written from them alone.
//!
//! Two patterns carry everything:
//!
//! - [`Aggregates`]: documents with a version. Somebody finds one, the domain decides, and
//!   [`commit`](Aggregates::commit) writes the whole document if the version is still the one that
//!   was read.
//! - Records: small documents whose few moves are methods of their own, such as
//!   [`DepositClaims::claim`]. Each method may be repeated without harm.
//!
//! Lists are read page by page with an opaque [`Cursor`], never by number of page, so a page costs
//! the same at any depth and nobody sees an item twice because another was added.
#![warn(missing_docs)]

mod aggregate;
mod audit;
mod browse;
mod category;
#[cfg(feature = "conformance")]
pub mod conformance;
mod dead_letter;
mod deal;
mod deposit_claim;
mod error;
mod file;
mod heartbeat;
mod inbox;
mod intent;
mod joint_payout;
mod lease;
mod ledger_entry;
mod listed;
mod mail;
mod notification;
mod one_time_code;
mod owed;
mod page;
mod payout_switch;
mod payout_tx;
mod reconciliation;
mod report;
mod request;
mod retry;
pub mod search;
mod secret_hash;
mod session;
mod sign_up;
mod user;
mod window;

use core::fmt;

use async_trait::async_trait;
use domain::Timestamp;

pub use aggregate::{Aggregate, Aggregates, Sound};
pub use audit::{AuditEntry, AuditFilter, AuditLog, NewAuditEntry, first_break};
pub use browse::{Browse, BudgetRange};
pub use category::Categories;
pub use dead_letter::{DeadLetter, DeadLetterSource, DeadLetters};
pub use deal::{
    DealClue, DealSummary, Deals, DepositSummary, Desk, DisputeSummary, LegSummary, Phase, Settled,
    Side, deposit_reference,
};
pub use deposit_claim::{Claimed, DepositClaim, DepositClaimState, DepositClaims, Moved};
pub use error::{Added, BoxError, CommitError, InsertError, StoreError};
pub use file::{FilePurpose, FileRecord, Files};
pub use heartbeat::{Gap, Heartbeats, Pulse};
pub use inbox::Inbox;
pub use intent::{Intents, address_key};
pub use joint_payout::{JointPayoutSummary, JointPayouts};
pub use lease::{Lease, Leases};
pub use ledger_entry::{LedgerEntries, LedgerEntry, LedgerFilter, account_code, asset_code};
pub use listed::{Eventful, Listed, Lists, Outbox, Tag, Undispatched};
pub use mail::{KeepBody, MailState, Mails, OutgoingMail};
pub use notification::{Notification, Notifications};
pub use one_time_code::{CodePurpose, OneTimeCode, OneTimeCodes};
pub use page::{Cursor, InvalidCursor, Limit, Page, PageRequest};
pub use payout_switch::{PayoutStop, PayoutSwitch, StoppedBy};
pub use payout_tx::PayoutTxs;
pub use reconciliation::{ReconciledAsset, Reconciliation, Reconciliations};
pub use report::Reports;
pub use request::{
    OfferStanding, OfferSummary, Offered, OwnGroup, RequestSummary, Requests, offered_tag,
};
pub use retry::{Retries, Retry};
pub use secret_hash::SecretHash;
pub use session::{Revocation, RevocationReason, Session, SessionKind, Sessions};
pub use sign_up::{SignUp, SignUps};
pub use user::{UserFilter, UserSummary, Users, seller_status_code, user_status_code};
pub use window::{Window, Windows};

/// Everything that Amn keeps, one repository for each kind of thing.
///
/// A method that answers `Ok` has made its write durable: it survives a crash of the process and
/// of the machine. A future that is dropped half-way may or may not have written.
#[async_trait]
pub trait Store: Send + Sync + fmt::Debug {
    /// People with an account.
    fn users(&self) -> &dyn Users;
    /// What requests are filed in.
    fn categories(&self) -> &dyn Categories;
    /// Purchase requests with their offers.
    fn requests(&self) -> &dyn Requests;
    /// Deals.
    fn deals(&self) -> &dyn Deals;
    /// Small payouts that are sent together.
    fn joint_payouts(&self) -> &dyn JointPayouts;
    /// Payment intents.
    fn intents(&self) -> &dyn Intents;
    /// Browser and API sessions.
    fn sessions(&self) -> &dyn Sessions;
    /// Attempts to sign up that wait for their code.
    fn sign_ups(&self) -> &dyn SignUps;
    /// Codes that were mailed to somebody to prove something once.
    fn one_time_codes(&self) -> &dyn OneTimeCodes;
    /// What people were told.
    fn notifications(&self) -> &dyn Notifications;
    /// Messages on their way out.
    fn mails(&self) -> &dyn Mails;
    /// What staff did.
    fn audit(&self) -> &dyn AuditLog;
    /// Which transfers have been taken into account.
    fn deposit_claims(&self) -> &dyn DepositClaims;
    /// Ledger entries of all deals.
    fn ledger_entries(&self) -> &dyn LedgerEntries;
    /// Who runs which job.
    fn leases(&self) -> &dyn Leases;
    /// When the clocks of deals ran, and when they stood.
    fn heartbeats(&self) -> &dyn Heartbeats;
    /// Work that failed for good and waits for a person.
    fn dead_letters(&self) -> &dyn DeadLetters;
    /// What jobs failed at, and when they try again.
    fn retries(&self) -> &dyn Retries;
    /// The switch that stops every payout.
    fn payout_switch(&self) -> &dyn PayoutSwitch;
    /// Which sending each transaction of a payout belongs to.
    fn payout_txs(&self) -> &dyn PayoutTxs;
    /// What was owed and what was there.
    fn reconciliations(&self) -> &dyn Reconciliations;
    /// How often something happened lately.
    fn windows(&self) -> &dyn Windows;
    /// Which events a consumer has already applied.
    fn inbox(&self) -> &dyn Inbox;
    /// What is known of stored files; their bytes lie elsewhere.
    fn files(&self) -> &dyn Files;
    /// What people told staff about what others show.
    fn reports(&self) -> &dyn Reports;

    /// Asks the store for a sign of life, by a read and by a durable write.
    ///
    /// # Errors
    /// [`StoreError`] when the store cannot be used now.
    async fn check(&self) -> Result<(), StoreError>;

    /// Removes what has expired, at most `limit` of each kind, and says how many went. Nothing
    /// depends on it for correctness: what has expired is not found even while it lies there.
    ///
    /// # Errors
    /// [`StoreError`]; call again.
    async fn sweep(&self, now: Timestamp, limit: Limit) -> Result<u64, StoreError>;

    /// A number that is another one once anybody has written anything to this store since, told at
    /// once. What was read after a number was told is still so while the same one is told. None
    /// when a store cannot tell, or not without waiting: then nothing may be kept by it.
    fn data_version(&self) -> Option<u64>;

    /// Finishes the writes that were begun and lets go of every resource. Later calls answer
    /// [`StoreError::Unavailable`].
    async fn close(&self);
}
