//! Reading a request of one's own, whatever became of it.

use domain::id::RequestId;
use domain::policy::Action;
use domain::request::Request;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::ChangeRequestError;

impl Services {
    /// A request of one's own with its offers.
    ///
    /// # Errors
    /// [`ChangeRequestError::NotFound`] also for somebody else's.
    pub async fn read_own_request(
        &self,
        actor: &Actor,
        id: RequestId,
    ) -> Result<Request, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::ReadOwnRequests)
            .map_err(Failure::from)?;
        self.require_own(id, person.id).await
    }
}
