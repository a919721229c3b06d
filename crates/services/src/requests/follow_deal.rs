//! What becomes of a deal, told to its request.

use domain::deal::Deal;
use domain::policy::Action;
use domain::request::{DealNews, Request};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::ChangeRequestError;

impl Services {
    /// Takes the state of a deal into its request: a funded deal ends the other offers, one that
    /// lapsed gives its offer back. May be repeated and may come late or out of order.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn follow_deal(
        &self,
        actor: &Actor,
        deal: &Deal,
    ) -> Result<Request, ChangeRequestError> {
        actor.may(Action::RecordFact).map_err(Failure::from)?;
        let news = DealNews::of(deal);
        let followed = self
            .change_request(deal.request, |request, now| {
                request.follow_deal(deal.id, &news, now)?;
                Ok(request.last_seq)
            })
            .await?;
        Ok(followed.request)
    }

    /// Takes an expired or cancelled deal up again on its request, before the deal itself does: no
    /// other offer can be accepted from here on. May be repeated.
    ///
    /// # Errors
    /// [`ChangeRequestError::Rejected`] when another deal runs or was paid.
    pub async fn reopen_on_request(
        &self,
        actor: &Actor,
        deal: &Deal,
    ) -> Result<Request, ChangeRequestError> {
        actor.may(Action::RecordFact).map_err(Failure::from)?;
        let seq = deal.last_seq();
        let reopened = self
            .change_request(deal.request, |request, now| {
                request.reopen_deal(deal.id, seq, now)?;
                Ok(request.last_seq)
            })
            .await?;
        Ok(reopened.request)
    }
}
