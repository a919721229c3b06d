//! The deal that a request stands for.

use domain::id::{DealId, RequestId};
use domain::policy::Action;

use super::{DealError, hide_from_strangers};
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

impl Services {
    /// The deal of a request that waits for its payment, runs or is over; where every one of them
    /// came to nothing, the last of them. For whoever may see that deal. Whether the request ever
    /// led to another deal is told, too: a step that is repeated must not be taken in that one.
    ///
    /// # Errors
    /// [`DealError::NotFound`] also for a request without a deal and for deals of others.
    pub async fn deal_of_request(
        &self,
        actor: &Actor,
        request: RequestId,
    ) -> Result<(DealId, bool), DealError> {
        let person = actor.person_who_may(Action::ReadOwnDeals);
        let person = person.map_err(Failure::from)?;
        let request = self.store.requests().find(request).await?;
        let request = request.ok_or(DealError::NotFound)?;
        let attempt = request.current_attempt().or(request.attempts.last());
        let id = attempt.ok_or(DealError::NotFound)?.deal;
        let deal = self.store.deals().find(id).await?;
        let deal = deal.ok_or(DealError::NotFound)?;
        hide_from_strangers(&deal, person)?;
        Ok((id, request.attempts.len() > 1))
    }
}
