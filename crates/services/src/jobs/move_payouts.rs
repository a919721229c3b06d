//! Payouts that are due: approved, sent, asked about.

use std::collections::BTreeSet;

use domain::deal::LegState;
use domain::id::DealId;
use storage::{Desk, Lease, Limit, PageRequest, StoreError};

use super::{Job, JobReport};
use crate::Services;

impl Services {
    pub(super) async fn move_payouts(&self, lease: &Lease) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        for id in self.deals_with_open_legs().await? {
            if !self.keeps(Some(lease)).await? {
                break;
            }
            // Asked first: what is on its way may settle the deal.
            let asked = self.ask_about_legs(id).await;
            report.count(Job::Payouts, id, asked);
            let moved = self.move_legs(id).await;
            report.count(Job::Payouts, id, moved);
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
