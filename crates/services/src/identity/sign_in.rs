//! Signing in with address and password.

use domain::password::Password;
use domain::policy::Action;
use domain::{Email, Timestamp, User, UserStatus};

use crate::Services;
use crate::actor::{Actor, Client};
use crate::failure::Failure;
use crate::identity::limits::{LimitError, TrySource};
use crate::identity::{SignedIn, Throttled};
use crate::people::ChangeUserError;

/// Address and password.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// The mailbox.
    pub email: Email,
    /// The password as typed.
    pub password: Password,
}

/// Why somebody was not let in.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SignInError {
    /// No such account, or another password: nobody learns which.
    #[error("address or password is wrong")]
    Wrong,
    /// Too many wrong passwords for this address from here.
    #[error("too many wrong passwords, locked for a while")]
    Locked {
        /// When the next try counts.
        until: Timestamp,
    },
    /// Too many failed requests from this network.
    #[error(transparent)]
    Throttled(Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Lets somebody in who knows the password of an account. For an address without an account
    /// the same is counted and computed.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in(
        &self,
        actor: &Actor,
        client: &Client,
        command: SignIn,
    ) -> Result<SignedIn, SignInError> {
        actor.may(Action::SignIn).map_err(Failure::from)?;
        self.admit(client).await.map_err(throttled)?;
        let user = self.store.users().find_by_email(&command.email).await;
        let user = user.map_err(Failure::from)?;
        let source = TrySource::of(client, &command.email, user.as_ref());
        let tried = self.count_sign_in(&source).await.map_err(locked)?;

        let hash = user.as_ref().and_then(|user| user.password.clone());
        let is_right = self.hasher.verify(command.password.clone(), hash).await;
        let Some(user) = user.filter(|user| is_right && user.status != UserStatus::Deleted) else {
            self.fail_sign_in(&source, tried).await?;
            return Err(SignInError::Wrong);
        };
        self.forgive_sign_in(&source).await?;
        self.excuse(client).await?;
        let user = self.hash_anew(user, command.password).await?;
        Ok(self.open_session(user, client).await?)
    }

    /// Raises an old hash to today's cost, now that the password is at hand.
    async fn hash_anew(&self, user: User, password: Password) -> Result<User, Failure> {
        let is_outdated = user
            .password
            .as_ref()
            .is_some_and(|hash| self.hasher.is_outdated(hash));
        // A password from before a rule came is not refused here; it keeps its old hash.
        let Some(password) = password.choose(&[]).ok().filter(|_| is_outdated) else {
            return Ok(user);
        };
        let hash = self.hasher.hash(password, &*self.random).await;
        let before = user.password.clone();
        let raise = |user: &User, now| {
            // Changed meanwhile: then the new hash belongs to the password of yesterday.
            if user.password == before {
                Ok(user.rehash_password(hash.clone(), now))
            } else {
                Ok(user.clone())
            }
        };
        let raised = self.change_user(user, raise).await;
        raised.map_err(ChangeUserError::into_failure)
    }
}

fn throttled(error: LimitError) -> SignInError {
    match error {
        LimitError::Throttled(throttled) => SignInError::Throttled(throttled),
        LimitError::Failure(failure) => SignInError::Failed(failure),
    }
}

fn locked(error: LimitError) -> SignInError {
    match error {
        LimitError::Throttled(Throttled { until, .. }) => SignInError::Locked { until },
        LimitError::Failure(failure) => SignInError::Failed(failure),
    }
}
