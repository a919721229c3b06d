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

    /// Notes that every deal was extended by the gap that begins at `from`.
    async fn mark_applied(&self, from: Timestamp, at: Timestamp) -> Result<(), StoreError>;

    /// All gaps, newest first.
    async fn list_gaps(&self, page: PageRequest) -> Result<Page<Gap>, StoreError>;
}
