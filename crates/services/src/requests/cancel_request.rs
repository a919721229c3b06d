//! Calling a request off, or discarding a draft.

use domain::id::RequestId;
use domain::policy::Action;
use domain::request::Request;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::{ChangeRequestError, Once};

impl Services {
    /// Calls a request off; all offers on it end.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn cancel_request(
        &self,
        actor: &Actor,
        id: RequestId,
        once: &Once,
    ) -> Result<Request, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::ManageOwnRequests)
            .map_err(Failure::from)?;
        self.require_own(id, person.id).await?;
        let cancelled = self
            .change_request_once(id, person.id, once, |request, now| {
                request.cancel(person.id, now)
            })
            .await?;
        Ok(cancelled.request)
    }

    /// Another's request does not exist, as far as commands of its buyer are concerned.
    pub(crate) async fn require_own(
        &self,
        id: RequestId,
        by: domain::id::UserId,
    ) -> Result<Request, ChangeRequestError> {
        let request = self.find_request(id).await?;
        if request.buyer == by {
            Ok(request)
        } else {
            Err(ChangeRequestError::NotFound)
        }
    }
}
