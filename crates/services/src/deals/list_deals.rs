//! A person's deals.

use domain::policy::Action;
use storage::{DealSummary, Page, PageRequest, Phase, Side};

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
}
