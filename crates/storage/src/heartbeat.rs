//! When the clocks of deals ran: a row each minute, and the gaps in which nobody was there.

use async_trait::async_trait;
use domain::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Limit, Page, PageRequest, StoreError};

/// A time in which no timer ran. Deadlines that ran then are extended by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// The last sign of life before it; names the gap.
    pub from: Timestamp,
    /// The first sign of life after it.
    pub to: Timestamp,
    /// When every deal had been extended by it; none as long as that is under way.
    pub applied_at: Option<Timestamp>,
}

impl Gap {
    /// How long nobody was there.
    pub const fn span(self) -> Span {
        self.to.since(self.from)
    }
}

/// What may be missing to a deal that was given back everything up to some moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulse {
    /// The latest sign of life.
    pub last: Option<Timestamp>,
    /// Gaps that end after that moment and by which deals have yet to be extended, oldest first.
    pub gaps: Vec<Gap>,
}

/// Signs of life.
#[async_trait]
pub trait Heartbeats: Send + Sync {
    /// The latest sign of life.
    async fn last(&self) -> Result<Option<Timestamp>, StoreError>;

    /// Gives a sign of life. The latest never moves back.
    async fn beat(&self, at: Timestamp) -> Result<(), StoreError>;

    /// Records a gap. One that begins alike and is not applied yet ends with the later of the two:
    /// whoever recorded it was cut off before the sign of life. An applied one stays as it is.
    async fn record_gap(&self, gap: &Gap) -> Result<(), StoreError>;

    /// Gaps by which deals have yet to be extended, oldest first.
    async fn list_unapplied(&self, limit: Limit) -> Result<Vec<Gap>, StoreError>;

    /// What a deal may lack that was given back everything up to `until`, at most `limit` gaps: one
    /// question, since it is asked before each command. The sign of life is not younger than the
    /// gaps: each is on record before the sign of life that ends it, so none is missed.
    async fn since(&self, until: Timestamp, limit: Limit) -> Result<Pulse, StoreError>;

    /// Notes that every deal was extended by the gap that begins at `from`.
    async fn mark_applied(&self, from: Timestamp, at: Timestamp) -> Result<(), StoreError>;

    /// All gaps, newest first.
    async fn list_gaps(&self, page: PageRequest) -> Result<Page<Gap>, StoreError>;
}
