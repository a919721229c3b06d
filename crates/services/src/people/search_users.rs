//! Accounts as staff look for them.

use domain::Email;
use domain::id::UserId;
use domain::policy::Action;
use storage::{Listed, Page, PageRequest, UserFilter, UserSummary};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

impl Services {
    /// Accounts that fit, newest first or from the oldest. A whole mailbox or the id of an account
    /// finds that account, whatever else is asked for.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn search_users(
        &self,
        actor: &Actor,
        filter: &UserFilter,
        page: PageRequest,
    ) -> Result<Page<UserSummary>, Failure> {
        actor.may(Action::ReadUsers)?;
        let users = self.store.users();
        let question = filter.question.trim();
        let known = if let Ok(email) = Email::new(question) {
            Some(users.find_by_email(&email).await?)
        } else if let Ok(id) = question.parse::<UserId>() {
            Some(users.find(id).await?)
        } else {
            None
        };
        match known {
            Some(found) => Ok(Page {
                items: found.iter().map(Listed::summary).collect(),
                next: None,
            }),
            None => Ok(users.search(filter, page).await?),
        }
    }
}
