//! Asking to sell.

use domain::User;
use domain::policy::Action;

use crate::Services;
use crate::actor::Actor;
use crate::config::SellerApproval;
use crate::failure::Failure;
use crate::people::ChangeUserError;

impl Services {
    /// Asks to sell; where nobody has to approve, the person may at once.
    ///
    /// # Errors
    /// [`ChangeUserError`].
    pub async fn apply_to_sell(&self, actor: &Actor) -> Result<User, ChangeUserError> {
        let person = actor
            .person_who_may(Action::ApplyToSell)
            .map_err(Failure::from)?;
        let user = self.find_user(person.id).await?;
        let at_once = self.config.identity.seller_approval == SellerApproval::Auto;
        self.change_user(user, |user, now| user.apply_to_sell(at_once, now))
            .await
    }
}
