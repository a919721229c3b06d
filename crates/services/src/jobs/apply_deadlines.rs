//! Deadlines of deals that are over.

use domain::deal::{Command, DeadlineKind, Deal};
use domain::id::DealId;
use domain::intent::{Intent, Rail};
use storage::{Lease, Limit, StoreError};

use super::trying::subject_of;
use super::{Job, JobReport};
use crate::Services;
use crate::actor::Actor;
use crate::deals::{DealError, Order};
use crate::payments::ReadAddressError;

impl Services {
    pub(super) async fn apply_deadlines(&self, lease: &Lease) -> Result<JobReport, StoreError> {
        let mut report = JobReport::default();
        if self.owes_downtime().await? {
            return Ok(report);
        }
        self.run_timers(Some(lease), &mut report).await?;
        Ok(report)
    }

    /// Lets every timer run that is due, as long as the lease is kept, where one is needed: two
    /// that run the same timer do no harm.
    pub(super) async fn run_timers(
        &self,
        lease: Option<&Lease>,
        report: &mut JobReport,
    ) -> Result<(), StoreError> {
        let requests = self.tick_requests(&Actor::System, Limit::MAX).await;
        report.count_all(Job::Deadlines, requests);
        let due = self
            .store
            .deals()
            .list_due(self.clock.now(), Limit::MAX)
            .await?;
        let failed = self.failed_at(Job::Deadlines).await?;
        for id in due {
            if !self.keeps(lease).await? {
                break;
            }
            let subject = subject_of(id);
            let work = Box::pin(self.apply_deadlines_of(id));
            self.try_one(Job::Deadlines, &subject, &failed, report, work)
                .await?;
        }
        Ok(())
    }

    /// Lets a deal's due timers run. Before a quote expires its address is read again: money may
    /// have arrived in time. While the gateway does not answer, nothing expires.
    pub(crate) async fn apply_deadlines_of(&self, id: DealId) -> Result<(), DealError> {
        let Some(deal) = self.store.deals().find(id).await? else {
            return Ok(());
        };
        let quote = deal.clocks.at(&DeadlineKind::Quote);
        let is_expiring = quote.is_some_and(|at| at <= self.clock.now());
        let address_read_at = if is_expiring {
            self.read_before_expiry(&deal).await?
        } else {
            None
        };
        let order = Order {
            address_read_at,
            ..Order::by_system(id)
        };
        self.carry_out(order, |_: &Deal| Ok(Command::Tick)).await?;
        self.draw_missing_staff(id).await
    }

    async fn read_before_expiry(
        &self,
        deal: &Deal,
    ) -> Result<Option<domain::Timestamp>, DealError> {
        let intent = Intent::id_for(deal.id, Rail::Shkeeper);
        match self.store.intents().find(intent).await? {
            // Nobody ever saw an address: nothing can have arrived.
            None => Ok(Some(self.clock.now())),
            Some(intent) if intent.address.is_none() => Ok(Some(self.clock.now())),
            Some(intent) => match self.read_address(intent.id).await {
                Ok(read_at) => Ok(read_at),
                Err(ReadAddressError::Deal(error)) => Err(error),
                Err(ReadAddressError::Gateway(error)) => {
                    tracing::warn!(deal = %deal.id, %error, "a quote waits: its address cannot be read");
                    Ok(None)
                }
            },
        }
    }
}
