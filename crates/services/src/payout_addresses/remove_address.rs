//! Taking a payout address out of use.

use domain::User;
use domain::id::PayoutAddressId;
use domain::policy::Action;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::payout_addresses::confirm_address::active_mail_id;
use crate::people::ChangeUserError;

impl Services {
    /// Takes an address out of use. Running deals keep the address that their terms name.
    ///
    /// # Errors
    /// [`ChangeUserError`].
    pub async fn remove_payout_address(
        &self,
        actor: &Actor,
        id: PayoutAddressId,
    ) -> Result<User, ChangeUserError> {
        let person = actor
            .person_who_may(Action::ManagePayoutAddresses)
            .map_err(Failure::from)?;
        let user = self.find_user(person.id).await?;
        let removed = self
            .change_user(user, |user, now| user.remove_address(id, now))
            .await?;
        self.call_back_mail(active_mail_id(id)).await?;
        Ok(removed)
    }
}
