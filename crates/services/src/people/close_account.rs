//! Closing one's own account.

use domain::Timestamp;
use domain::User;
use domain::password::Password;
use domain::policy::Action;
use domain::user::UserRejection;
use storage::RevocationReason;

use crate::Services;
use crate::actor::{Actor, Client};
use crate::failure::Failure;
use crate::identity::ConfirmError;
use crate::people::ChangeUserError;

/// Why the account stays open.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CloseAccountError {
    /// The password is another one.
    #[error("the password is wrong")]
    WrongPassword,
    /// Too many wrong passwords.
    #[error("too many wrong passwords, locked for a while")]
    Locked {
        /// When the next try counts.
        until: Timestamp,
    },
    /// The rules about people refuse it: money is in play, or the account is suspended.
    #[error(transparent)]
    Rejected(UserRejection),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Closes the account of the person who asks and forgets what is personal. Their requests are
    /// called off and their offers withdrawn first.
    ///
    /// # Errors
    /// [`CloseAccountError`].
    pub async fn close_account(
        &self,
        actor: &Actor,
        client: &Client,
        password: Password,
    ) -> Result<(), CloseAccountError> {
        let person = actor
            .person_who_may(Action::CloseAccount)
            .map_err(Failure::from)?;
        let user = self.find_user(person.id).await?;
        self.confirm_password(&user, client, password).await?;
        let in_play = self.money_of(person.id).await?.keeps_open();
        user.delete(in_play, self.now())
            .map_err(CloseAccountError::Rejected)?;
        // What is on the market goes first, so that nobody accepts it while we look once more.
        self.leave_market(person.id).await?;
        let in_play = self.money_of(person.id).await?.keeps_open();
        let picture = user.profile.avatar;
        let close = |user: &User, now| user.delete(in_play, now);
        let closed = self
            .change_user(user, close)
            .await
            .map_err(|error| match error {
                ChangeUserError::Rejected(rejection) => CloseAccountError::Rejected(rejection),
                ChangeUserError::Failed(failure) => CloseAccountError::Failed(failure),
            })?;
        // And what the person put there in that moment, in another window.
        self.leave_market(person.id).await?;
        if let Some(picture) = picture {
            self.let_go_of_picture(closed.id, picture).await?;
        }
        let how = self.revocation(RevocationReason::AccountStopped);
        let ended = self.store.sessions().revoke_all(closed.id, None, how).await;
        ended.map_err(Failure::from)?;
        Ok(())
    }
}

impl From<ConfirmError> for CloseAccountError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::Wrong => Self::WrongPassword,
            ConfirmError::Locked { until } => Self::Locked { until },
            ConfirmError::Failed(failure) => Self::Failed(failure),
        }
    }
}
