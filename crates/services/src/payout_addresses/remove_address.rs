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
    /// Takes an address out of use, and calls the letter back that says it is in use. Running
    /// deals go on naming it, but nothing is sent there any more: a payout to it is blocked, and
    /// its payee gives another.
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
        // Refused before the letter is called back: the address may be somebody else's.
        user.remove_address(id, self.now())?;
        self.call_back_mail(active_mail_id(id)).await?;
        self.change_user(user, |user, now| user.remove_address(id, now))
            .await
    }
}
