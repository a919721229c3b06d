//! One link of a deal's log.

use domain::deal::Event;
use serde::Serialize;
use utoipa::ToSchema;

use crate::moment::rfc3339;

/// Something that happened.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DealEvent {
    /// 1, 2, 3 …
    #[schema(example = 1)]
    seq: u64,
    #[schema(example = "2026-11-28T10:30:00.000Z")]
    at: String,
    /// `buyer`, `seller`, `staff` or `system`.
    #[schema(example = "buyer")]
    by: String,
    /// What it was: `opened`, `deposit_credited`, `funded`, `shipped` …
    #[schema(example = "opened")]
    kind: String,
    /// The digest of the link before and of all that this one holds.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    hash: String,
}

impl DealEvent {
    pub fn of(event: &Event, by: String) -> Self {
        Self {
            seq: event.seq,
            at: rfc3339(event.at),
            by,
            kind: event.body.kind(),
            hash: event.hash.to_string(),
        }
    }
}
