//! The work that was given up.

use domain::policy::Action;
use storage::{DeadLetter, Page, PageRequest};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

impl Services {
    /// Dead letters, newest first: those that wait for a person, or those that are settled.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn list_dead_letters(
        &self,
        actor: &Actor,
        open: bool,
        page: PageRequest,
    ) -> Result<Page<DeadLetter>, Failure> {
        actor.may(Action::ManageJobs)?;
        Ok(self.store.dead_letters().list(open, page).await?)
    }
}
