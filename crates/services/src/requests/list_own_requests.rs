//! A buyer's own requests.

use domain::policy::Action;
use storage::{OwnGroup, Page, PageRequest, RequestSummary};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

impl Services {
    /// One's own requests, newest first; on request those of one group.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_own_requests(
        &self,
        actor: &Actor,
        group: Option<OwnGroup>,
        page: PageRequest,
    ) -> Result<Page<RequestSummary>, Failure> {
        let person = actor.person_who_may(Action::ReadOwnRequests)?;
        let requests = self.store.requests();
        let list = match group {
            Some(group) => requests.list_of_buyer_in(person.id, group, page),
            None => requests.list_of_buyer(person.id, None, page),
        };
        Ok(list.await?)
    }
}
