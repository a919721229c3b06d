//! Not too often: what a job would otherwise ask in each of its runs.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use domain::id::DealId;
use domain::{Span, Timestamp};

/// When something was last done for each deal, by this process. Another one may do it sooner, which
/// harms nothing.
#[derive(Debug, Default)]
pub(crate) struct Pace(Mutex<BTreeMap<DealId, Timestamp>>);

impl Pace {
    /// Whether the last time is at least `pause` ago; if so, this is the last time.
    pub(super) fn is_time(&self, deal: DealId, now: Timestamp, pause: Span) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = last.get(&deal).is_none_or(|at| now.since(*at) >= pause);
        if is_time {
            last.retain(|_, at| now.since(*at) < pause);
            last.insert(deal, now);
        }
        is_time
    }
}
