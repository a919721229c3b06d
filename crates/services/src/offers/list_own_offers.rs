//! A seller's own offers.

use domain::policy::Action;
use storage::{Offered, Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

impl Services {
    /// Requests on which one offers, or ever offered, with those offers; newest request first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_own_offers(
        &self,
        actor: &Actor,
        only_live: bool,
        page: PageRequest,
    ) -> Result<Page<Offered>, Failure> {
        let person = actor.person_who_may(Action::ReadOwnOffers)?;
        let requests = self.store.requests();
        Ok(requests.list_offered(person.id, only_live, page).await?)
    }
}
