//! Payouts that are due: approved, sent, asked about. While payouts are stopped, only asked about.

use std::collections::BTreeSet;

use domain::Span;
use domain::deal::LegState;
use domain::id::DealId;
use storage::{Desk, Lease, StoreError};

use super::trying::{Failed, subject_of, subject_of_joint};
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
        self.move_joint_payouts(lease, &failed, &mut report).await?;
        Ok(report)
    }

    /// Joint payouts as far as they go, then the legs that wait for one.
    async fn move_joint_payouts(
        &self,
        lease: &mut Lease,
        failed: &Failed,
        report: &mut JobReport,
    ) -> Result<(), StoreError> {
        for id in self.open_joint_payouts().await? {
            if !self.keeps(Some(lease)).await? {
                return Ok(());
            }
            let (subject, work) = (subject_of_joint(id), Box::pin(self.move_joint(id)));
            self.try_one(Job::Payouts, &subject, failed, report, work)
                .await?;
        }
        for id in self.deals_on(Desk::WithLeg(LegState::Joined)).await? {
            if !self.keeps(Some(lease)).await? {
                return Ok(());
            }
            let (subject, work) = (subject_of(id), Box::pin(self.settle_joined_legs(id)));
            self.try_one(Job::Payouts, &subject, failed, report, work)
                .await?;
        }
        Ok(())
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
