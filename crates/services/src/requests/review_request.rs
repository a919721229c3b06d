//! Staff look at a request before it is seen.

use domain::id::RequestId;
use domain::policy::Action;
use domain::request::Request;
use domain::text::Line;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::{ChangeRequestError, Once};

impl Services {
    /// Lets a request be seen.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn approve_request(
        &self,
        actor: &Actor,
        id: RequestId,
        once: &Once,
    ) -> Result<Request, ChangeRequestError> {
        let staff = actor
            .person_who_may(Action::Moderate)
            .map_err(Failure::from)?;
        let approved = self
            .change_request_once(id, staff.id, once, |request, now| {
                request.approve(staff.id, now)
            })
            .await?;
        Ok(approved.request)
    }

    /// Sends a request back to its buyer, with the reason.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn send_request_back(
        &self,
        actor: &Actor,
        id: RequestId,
        reason: Line<300>,
        once: &Once,
    ) -> Result<Request, ChangeRequestError> {
        let staff = actor
            .person_who_may(Action::Moderate)
            .map_err(Failure::from)?;
        let sent_back = self
            .change_request_once(id, staff.id, once, |request, now| {
                request.send_back(staff.id, reason.clone(), now)
            })
            .await?;
        Ok(sent_back.request)
    }
}
