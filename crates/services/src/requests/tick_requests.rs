//! Time, as far as requests are concerned.

use domain::id::RequestId;
use domain::policy::Action;
use storage::{Limit, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::requests::ChangeRequestError;

impl Services {
    /// Lets offers expire and closes requests to offers, where that is due; says how many requests
    /// were looked at. More may be due when that is as many as `limit`.
    ///
    /// # Errors
    /// [`Failure`]; what was not done is done the next time.
    pub async fn tick_requests(&self, actor: &Actor, limit: Limit) -> Result<usize, Failure> {
        actor.may(Action::ApplyTimer)?;
        let page = PageRequest::first(limit);
        let due = self
            .store
            .requests()
            .list_due(self.now(), page)
            .await?
            .items;
        let count = due.len();
        for id in due {
            match self.tick_request(id).await {
                Ok(()) => {}
                Err(ChangeRequestError::Failed(failure)) => return Err(failure),
                Err(error) => tracing::error!(%id, %error, "time could not be applied"),
            }
        }
        Ok(count)
    }

    /// Lets time pass on one request.
    pub(crate) async fn tick_request(&self, id: RequestId) -> Result<(), ChangeRequestError> {
        let ticked = self.change_request(id, |request, now| {
            request.tick(now);
            Ok(request.last_seq)
        });
        ticked.await.map(|_| ())
    }
}
