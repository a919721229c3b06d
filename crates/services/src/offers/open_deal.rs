//! Opening the deal that an accepted offer leads to.

use domain::deal::Deal;
use domain::id::RequestId;
use domain::request::Attempt;
use storage::InsertError;

use crate::Services;
use crate::failure::Failure;

impl Services {
    /// Inserts the deal of an attempt. Its id follows from request and attempt, so it may be
    /// repeated, by whoever crashed or by the relay: there is one deal.
    pub(crate) async fn open_deal(
        &self,
        request: RequestId,
        attempt: &Attempt,
    ) -> Result<(), Failure> {
        let terms = attempt.terms.clone();
        let opened = Deal::open(
            request,
            attempt.number,
            attempt.offer,
            terms,
            attempt.accepted_at,
        );
        let deal = opened.expect("terms were checked before they were accepted");
        assert_eq!(deal.id, attempt.deal, "an attempt leads to its own deal");
        match self.store.deals().insert(&deal).await {
            // It is there, perhaps further than at its beginning.
            Ok(()) | Err(InsertError::Exists { .. }) => Ok(()),
            Err(InsertError::Conflict { .. }) => Err(Failure::Contended),
            Err(InsertError::Store(error)) => Err(error.into()),
        }
    }
}
