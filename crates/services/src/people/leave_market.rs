//! Taking everything back that somebody has on the market, before they leave.

use domain::id::{OfferId, RequestId, UserId};
use storage::OfferStanding;

use crate::Services;
use crate::failure::Failure;
use crate::paging::{Pages, read_all};
use crate::requests::ChangeRequestError;

impl Services {
    /// Calls off every request of a person that runs into no deal, and withdraws their pending
    /// offers: each is a compare-and-swap on its request, so what is taken back here cannot be
    /// accepted any more. May be repeated.
    pub(crate) async fn leave_market(&self, person: UserId) -> Result<(), Failure> {
        for request in self.requests_of(person).await? {
            // Refused is what is over, or runs: there is nothing to call off then.
            let call_off = self.change_request(request, |request, now| {
                request.cancel(person, now).ok();
                Ok(request.last_seq)
            });
            is_left(call_off.await.map(drop))?;
        }
        for (request, offer) in self.pending_offers_of(person).await? {
            let withdraw = self.change_request(request, |request, now| {
                request.withdraw_offer(person, offer, now).ok();
                Ok(request.last_seq)
            });
            is_left(withdraw.await.map(drop))?;
        }
        Ok(())
    }

    async fn requests_of(&self, buyer: UserId) -> Result<Vec<RequestId>, Failure> {
        let requests = self.store.requests();
        let list = |page| requests.list_of_buyer(buyer, None, page);
        Ok(read_all(list, |request| request.id).await?)
    }

    async fn pending_offers_of(
        &self,
        seller: UserId,
    ) -> Result<Vec<(RequestId, OfferId)>, Failure> {
        let (requests, mut found) = (self.store.requests(), Vec::new());
        let mut pages = Pages::first();
        while let Some(read) = pages
            .next(|page| requests.list_offered(seller, true, page))
            .await?
        {
            for offered in &read {
                let pending = offered.offers.iter();
                let pending = pending.filter(|offer| offer.standing == OfferStanding::Pending);
                found.extend(pending.map(|offer| (offered.request.id, offer.id)));
            }
        }
        Ok(found)
    }
}

/// A request that is gone needs nothing taken back.
fn is_left(done: Result<(), ChangeRequestError>) -> Result<(), Failure> {
    match done {
        Err(ChangeRequestError::Failed(failure)) => Err(failure),
        Ok(()) | Err(_) => Ok(()),
    }
}
