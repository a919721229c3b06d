//! Publishing a draft.

use domain::id::{CategoryId, RequestId};
use domain::policy::Action;
use domain::prohibited::Verdict;
use domain::request::{Rejection, Request, What};

use crate::Services;
use crate::actor::Actor;
use crate::config::RequestReview;
use crate::failure::Failure;
use crate::requests::{ChangeRequestError, Once};

impl Services {
    /// Publishes a draft, or puts it before staff where the settings say so, or its words are doubtful.
    ///
    /// # Errors
    /// [`ChangeRequestError`].
    pub async fn publish_request(
        &self,
        actor: &Actor,
        id: RequestId,
        once: &Once,
    ) -> Result<Request, ChangeRequestError> {
        let person = actor
            .person_who_may(Action::ManageOwnRequests)
            .map_err(Failure::from)?;
        let draft = self.find_request(id).await?;
        if draft.buyer != person.id {
            return Err(ChangeRequestError::NotFound);
        }
        let mut needs_review = self.config.marketplace.request_review == RequestReview::Manual;
        let filed_in = match draft.draft().what {
            Some(what) => {
                needs_review |= self.check_request_words(&what)? == Verdict::Doubtful;
                self.filing(&what).await?
            }
            None => Vec::new(),
        };
        let published = self
            .change_request_once(id, person.id, once, |request, now| {
                request.publish(person.id, &filed_in, needs_review, now)
            })
            .await?;
        Ok(published.request)
    }

    /// The way through the open categories to the one that was chosen.
    pub(crate) async fn filing(&self, what: &What) -> Result<Vec<CategoryId>, ChangeRequestError> {
        let catalogue = self.catalogue().await?;
        let is_open = catalogue
            .find(what.category)
            .is_some_and(|shelf| shelf.is_open);
        if !is_open {
            return Err(Rejection::NoSuchCategory.into());
        }
        let path = catalogue.path(what.category);
        Ok(path.into_iter().map(|category| category.id).collect())
    }
}
