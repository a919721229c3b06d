//! One's own account.

use domain::User;
use domain::policy::Action;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

impl Services {
    /// The account of the person who asks.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn read_account(&self, actor: &Actor) -> Result<User, Failure> {
        let person = actor.person_who_may(Action::ReadOwnAccount)?;
        self.find_user(person.id).await
    }
}
