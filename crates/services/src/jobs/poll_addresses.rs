//! Addresses are read again in any case: a lost callback must not lose money.

use domain::Span;
use domain::deal::DepositState;
use storage::{DepositClaimState, Lease, Limit, StoreError};

use super::{Job, JobReport};
use crate::Services;
use crate::payments::ReadAddressError;

/// A claim that is younger is probably being credited right now.
const CLAIM_WAIT: Span = Span::minutes(1);

impl Services {
    pub(super) async fn poll_addresses(&self, lease: &Lease) -> Result<JobReport, StoreError> {
        self.finish_claims().await?;
        let mut report = JobReport::default();
        let due = self
            .store
            .intents()
            .list_to_read(self.clock.now(), Limit::MAX)
            .await?;
        for id in due {
            if !self.keeps(Some(lease)).await? {
                break;
            }
            match self.read_address(id).await {
                Ok(_) => report.count(Job::Polling, id, Ok(())),
                Err(ReadAddressError::Deal(error)) => report.count(Job::Polling, id, Err(error)),
                // The gateway is away: asking for the rest would only keep it busy.
                Err(ReadAddressError::Gateway(error)) => {
                    tracing::warn!(%error, "the gateway cannot be polled");
                    report.failed = report.failed.saturating_add(1);
                    break;
                }
            }
        }
        Ok(report)
    }

    /// A claim whose credit was cut off between the deal and the claim: what the deal says is true.
    async fn finish_claims(&self) -> Result<(), StoreError> {
        let before = self.clock.now().minus(CLAIM_WAIT);
        let claims = self
            .store
            .deposit_claims()
            .list_uncredited(before, Limit::MAX)
            .await?;
        for claim in claims {
            let Some(deal) = self.store.deals().find(claim.deal).await? else {
                continue;
            };
            let is_credited = deal.deposits.iter().any(|deposit| {
                deposit.key.as_str() == claim.key && deposit.state == DepositState::Credited
            });
            if is_credited {
                let (next, at) = (DepositClaimState::Credited, self.clock.now());
                self.store
                    .deposit_claims()
                    .advance(&claim.key, next, at)
                    .await?;
            }
        }
        Ok(())
    }
}
