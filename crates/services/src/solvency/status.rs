//! What anybody may know of how the house is doing.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::Timestamp;
use storage::{Limit, PageRequest, StoreError};

use crate::Services;
use crate::jobs::JobCount;
use crate::ports::gateway::CallbackRefusal;

/// Whether payouts are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayoutsNow {
    /// They are.
    Running,
    /// Somebody, or the comparison of what is owed with what is there, stopped them.
    Stopped {
        /// When.
        since: Timestamp,
    },
}

/// Callbacks that were refused since this process started, by the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RefusedCallbacks {
    /// Without a usable signature.
    pub unsigned: u64,
    /// Signed with another key, or changed on the way.
    pub bad_signature: u64,
    /// Signed too long ago, or in the future.
    pub stale: u64,
}

impl RefusedCallbacks {
    /// All of them.
    pub const fn total(self) -> u64 {
        self.unsigned
            .saturating_add(self.bad_signature)
            .saturating_add(self.stale)
    }
}

/// How the house is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// Whether payouts are sent.
    pub payouts: PayoutsNow,
    /// When what is owed was last compared with what is there.
    pub reconciled_at: Option<Timestamp>,
    /// How much work was given up and waits for a person.
    pub dead_letters: u64,
    /// Callbacks that this process refused.
    pub refused_callbacks: RefusedCallbacks,
}

/// Counters behind [`RefusedCallbacks`].
#[derive(Debug, Default)]
pub(crate) struct CallbackRefusals {
    unsigned: AtomicU64,
    bad_signature: AtomicU64,
    stale: AtomicU64,
}

impl CallbackRefusals {
    pub(crate) fn count(&self, refusal: CallbackRefusal) {
        let counter = match refusal {
            CallbackRefusal::Unsigned => &self.unsigned,
            CallbackRefusal::BadSignature => &self.bad_signature,
            CallbackRefusal::Stale { .. } => &self.stale,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    fn read(&self) -> RefusedCallbacks {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        RefusedCallbacks {
            unsigned: read(&self.unsigned),
            bad_signature: read(&self.bad_signature),
            stale: read(&self.stale),
        }
    }
}

impl Services {
    /// Callbacks that this process refused, for health and metrics.
    pub fn refused_callbacks(&self) -> RefusedCallbacks {
        self.callback_refusals.read()
    }

    /// What each job of this process did since it started, for health and metrics.
    pub fn job_counts(&self) -> Vec<JobCount> {
        self.job_counts.all()
    }

    /// How the house is doing. Names nobody and no sum, so that everybody may know.
    ///
    /// # Errors
    /// [`StoreError`] when the store does not answer.
    pub async fn status(&self) -> Result<Status, StoreError> {
        let stop = self.store.payout_switch().find().await?;
        let newest = PageRequest::first(Limit::new(1));
        let compared = self.store.reconciliations().list(newest).await?;
        Ok(Status {
            payouts: stop.map_or(PayoutsNow::Running, |stop| PayoutsNow::Stopped {
                since: stop.at,
            }),
            reconciled_at: compared.items.first().map(|compared| compared.at),
            dead_letters: self.store.dead_letters().count_open().await?,
            refused_callbacks: self.refused_callbacks(),
        })
    }
}
