//! Reading a draft of one's own.

use domain::id::RequestId;
use domain::request::Request;

use crate::Services;
use crate::actor::Actor;
use crate::requests::write_draft::writer;
use crate::requests::{ChangeRequestError, Guest};

impl Services {
    /// A request of one's own as it is written so far, published or not.
    ///
    /// # Errors
    /// [`ChangeRequestError::NotFound`] also for somebody else's.
    pub async fn read_draft(
        &self,
        actor: &Actor,
        guest: Option<&Guest>,
        id: RequestId,
    ) -> Result<Request, ChangeRequestError> {
        let owner = writer(actor, guest)?.owner();
        let request = self.find_request(id).await?;
        if request.buyer == owner {
            Ok(request)
        } else {
            Err(ChangeRequestError::NotFound)
        }
    }
}
