//! Reading somebody's whole mailbox: seldom needed, and never unseen.

use domain::Email;
use domain::id::UserId;
use domain::policy::Action;
use domain::text::Line;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

impl Services {
    /// The mailbox of an account. Who reads it, and why, is in the log before it is told.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn open_email(
        &self,
        actor: &Actor,
        id: UserId,
        reason: &Line<200>,
    ) -> Result<Email, Failure> {
        let person = actor.person_who_may(Action::ReadUsers)?;
        let user = self.find_user(id).await?;
        let subject = format!("user:{id}");
        let why = Some(reason.as_str());
        let entry = self.entry_of_reading(person.id, Action::ReadUsers, subject, why);
        self.write_down([entry]).await?;
        Ok(user.email)
    }
}
