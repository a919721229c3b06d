//! A buyer's own requests.

use domain::policy::Action;
use domain::request::RequestStatus;
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
    /// One's own requests, newest first; on request those of one status.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_own_requests_in(
        &self,
        actor: &Actor,
        status: Option<RequestStatus>,
        page: PageRequest,
    ) -> Result<Page<RequestSummary>, Failure> {
        let person = actor.person_who_may(Action::ReadOwnRequests)?;
        let requests = self.store.requests();
        Ok(requests.list_of_buyer(person.id, status, page).await?)
    }

    /// How many there are of them.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn count_own_requests_in(
        &self,
        actor: &Actor,
        status: Option<RequestStatus>,
    ) -> Result<u64, Failure> {
        let person = actor.person_who_may(Action::ReadOwnRequests)?;
        Ok(self
            .store
            .requests()
            .count_of_buyer(person.id, status)
            .await?)
    }
}
