//! Payouts that are due: approved, sent, asked about. While payouts are stopped, only asked about.

use std::collections::BTreeSet;

use domain::Span;
use domain::deal::LegState;
use domain::id::DealId;
use storage::{Desk, Lease, StoreError};

use super::trying::subject_of;
use super::{Job, JobReport};
use crate::Services;

/// How long after a question about a payout under way the next one waits: the gateway tells by
/// itself, and is asked only in case that is lost.
const ASK_PAUSE: Span = Span::seconds(10);

impl Services {
    pub(super) async fn move_payouts(&self, lease: &mut Lease) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        let failed = self.failed_at(Job::Payouts).await?;
        for id in self.deals_with_open_legs().await? {
            if !self.keeps(Some(lease)).await? {
                break;
            }
            let subject = subject_of(id);
            let work = Box::pin(async {
                // Asked first: what is on its way may settle the deal.
                if self.payouts_asked.is_time(id, self.now(), ASK_PAUSE) {
                    self.ask_about_legs(id).await?;
                }
                self.move_legs(id).await
            });
            self.try_one(Job::Payouts, &subject, &failed, &mut report, work)
                .await?;
        }
        Ok(report)
    }

    /// Deals with a leg that this job can move or ask about.
    async fn deals_with_open_legs(&self) -> Result<BTreeSet<DealId>, StoreError> {
        let mut found = BTreeSet::new();
        for state in [
            LegState::Sending,
            LegState::Unknown,
            LegState::Approved,
            LegState::Planned,
        ] {
            found.extend(self.deals_on(Desk::WithLeg(state)).await?);
        }
        Ok(found)
    }
}
