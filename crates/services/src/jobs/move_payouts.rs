//! Payouts that are due: approved, sent, asked about. While payouts are stopped, only asked about.

use std::collections::BTreeSet;

use domain::deal::LegState;
use domain::id::DealId;
use storage::{Desk, Lease, Limit, PageRequest, StoreError};

use super::trying::subject_of;
use super::{Job, JobReport};
use crate::Services;

impl Services {
    pub(super) async fn move_payouts(&self, lease: &Lease) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        let failed = self.failed_at(Job::Payouts).await?;
        for id in self.deals_with_open_legs().await? {
            if !self.keeps(Some(lease)).await? {
                break;
            }
            let subject = subject_of(id);
            let work = Box::pin(async {
                // Asked first: what is on its way may settle the deal.
                self.ask_about_legs(id).await?;
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
            let desk = Desk::WithLeg(state);
            let page = PageRequest::first(Limit::MAX);
            let deals = self.store.deals().list_on_desk(desk, page).await?;
            found.extend(deals.items.into_iter().map(|deal| deal.id));
        }
        Ok(found)
    }
}
