//! Another code for an address that waits for one.

use domain::id::PayoutAddressId;
use domain::policy::Action;

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::identity::{LimitError, Throttled};

/// Why no further code was sent.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ResendAddressCodeError {
    /// No such address waits for a code.
    #[error("no such address waits for a code")]
    NotFound,
    /// Too many codes today.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Mails another code for an address that was not confirmed; the one before stops counting.
    ///
    /// # Errors
    /// [`ResendAddressCodeError`].
    pub async fn resend_address_code(
        &self,
        actor: &Actor,
        id: PayoutAddressId,
    ) -> Result<(), ResendAddressCodeError> {
        let person = actor
            .person_who_may(Action::ManagePayoutAddresses)
            .map_err(Failure::from)?;
        let user = self.find_user(person.id).await?;
        let waiting = user.address(id).filter(|known| !known.is_confirmed());
        let waiting = waiting.ok_or(ResendAddressCodeError::NotFound)?;
        let counted = self.count_address_code(&user).await;
        counted.map_err(|error| match error {
            LimitError::Throttled(throttled) => ResendAddressCodeError::Throttled(throttled),
            LimitError::Failure(failure) => ResendAddressCodeError::Failed(failure),
        })?;
        Ok(self.mail_address_code(&user, waiting).await?)
    }
}
