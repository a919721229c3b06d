//! What waits for a look by staff: reports, and requests that are not seen yet.

use domain::policy::Action;
use domain::report::Report;
use domain::request::RequestStatus;
use storage::{Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::Card;

impl Services {
    /// Reports that wait for a decision, longest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_reports(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Report>, Failure> {
        actor.person_who_may(Action::Moderate)?;
        Ok(self.store.reports().list_open(page).await?)
    }

    /// Requests that wait for a look before they are seen, newest first.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_requests_in_review(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Card>, Failure> {
        actor.person_who_may(Action::Moderate)?;
        let waiting = self
            .store
            .requests()
            .list_all(Some(RequestStatus::Pending), page)
            .await?;
        self.with_buyers(waiting).await
    }
}
