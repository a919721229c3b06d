//! A person's deals, and the cases and queues of staff.

use domain::deal::LegState;
use domain::policy::Action;
use storage::{DealSummary, Desk, Page, PageRequest, Phase, Side};

use super::DealError;
use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// Deals, newest first.
pub type DealList = Page<DealSummary>;

impl Services {
    /// The caller's own deals, newest first.
    ///
    /// # Errors
    /// [`DealError`].
    pub async fn list_own_deals(
        &self,
        actor: &Actor,
        side: Side,
        phase: Option<Phase>,
        page: PageRequest,
    ) -> Result<DealList, DealError> {
        let person = actor
            .person_who_may(Action::ReadOwnDeals)
            .map_err(Failure::from)?;
        Ok(self
            .store
            .deals()
            .list_of_person(person.id, side, phase, page)
            .await?)
    }

    /// The cases drawn for the calling resolver, newest first: to rule on, or to approve.
    ///
    /// # Errors
    /// [`DealError`].
    pub async fn list_own_cases(
        &self,
        actor: &Actor,
        to_approve: bool,
        page: PageRequest,
    ) -> Result<DealList, DealError> {
        let person = actor
            .person_who_may(Action::ReadDispute)
            .map_err(Failure::from)?;
        let desk = if to_approve {
            Desk::OfApprover(person.id)
        } else {
            Desk::OfResolver(person.id)
        };
        Ok(self.store.deals().list_on_desk(desk, page).await?)
    }

    /// Deals with a payout in one state: waiting for approval, unclear, blocked.
    ///
    /// # Errors
    /// [`DealError`].
    pub async fn list_payouts(
        &self,
        actor: &Actor,
        state: LegState,
        page: PageRequest,
    ) -> Result<DealList, DealError> {
        actor.may(Action::ReadMoney).map_err(Failure::from)?;
        Ok(self
            .store
            .deals()
            .list_on_desk(Desk::WithLeg(state), page)
            .await?)
    }
}
