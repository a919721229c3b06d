//! Addresses are read again in any case: a lost callback must not lose money.

use domain::Span;
use domain::deal::DepositState;
use domain::intent::Intent;
use storage::{DepositClaim, DepositClaimState, Lease, StoreError};

use super::away::Away;
use super::trying::Hitch;
use super::{Job, JobReport};
use crate::Services;
use crate::paging::Pages;
use crate::payments::ReadAddressError;

/// A claim that is younger is probably being credited right now.
const CLAIM_WAIT: Span = Span::minutes(1);

impl Services {
    pub(super) async fn poll_addresses(&self, lease: &mut Lease) -> Result<JobReport, StoreError> {
        self.finish_claims().await?;
        let mut report = JobReport::default();
        let failed = self.failed_at(Job::Polling).await?;
        let mut away = Away::default();
        let (now, intents) = (self.clock.now(), self.store.intents());
        let mut pages = Pages::first();
        while let Some(due) = pages.next(|page| intents.list_to_read(now, page)).await? {
            for id in due {
                if !self.keeps(Some(lease)).await? {
                    return Ok(report);
                }
                let intent = intents.find(id).await?;
                let Some(intent) = intent.filter(|intent| !away.has(intent.asset)) else {
                    continue;
                };
                let subject = format!("intent:{id}");
                let work = Box::pin(self.poll(&intent, &mut away));
                self.try_one(Job::Polling, &subject, &failed, &mut report, work)
                    .await?;
            }
        }
        Ok(report)
    }

    async fn poll(&self, intent: &Intent, away: &mut Away) -> Result<(), Hitch> {
        match self.read_address(intent.id).await {
            Ok(_) => Ok(()),
            Err(ReadAddressError::Deal(error)) => Err(error.into()),
            Err(ReadAddressError::Gateway(error)) if away.note(intent.asset, &error) => {
                Err(Hitch::Elsewhere(error.to_string()))
            }
            Err(ReadAddressError::Gateway(error)) => Err(Hitch::Own(error.to_string())),
        }
    }

    /// A claim whose credit was cut off between the deal and the claim: what the deal says is true.
    async fn finish_claims(&self) -> Result<(), StoreError> {
        let before = self.clock.now().minus(CLAIM_WAIT);
        let claims = self.store.deposit_claims();
        let mut pages = Pages::first();
        while let Some(left) = pages
            .next(|page| claims.list_uncredited(before, page))
            .await?
        {
            for claim in &left {
                self.finish_claim(claim).await?;
            }
        }
        Ok(())
    }

    async fn finish_claim(&self, claim: &DepositClaim) -> Result<(), StoreError> {
        let Some(deal) = self.store.deals().find(claim.deal).await? else {
            return Ok(());
        };
        let is_credited = deal.deposits.iter().any(|deposit| {
            deposit.key.as_str() == claim.key && deposit.state == DepositState::Credited
        });
        if is_credited {
            let (next, at) = (DepositClaimState::Credited, self.clock.now());
            let claims = self.store.deposit_claims();
            claims.advance(&claim.key, next, at).await?;
        }
        Ok(())
    }
}
