//! Setting another password, knowing the old one.

use domain::id::{MailId, UserId};
use domain::password::{Password, PasswordRejection};
use domain::policy::Action;
use domain::user::PersonName;
use domain::{Timestamp, User};
use storage::RevocationReason;

use crate::Services;
use crate::actor::{Actor, Client};
use crate::failure::Failure;
use crate::identity::limits::{LimitError, TrySource};
use crate::identity::{SignedIn, Throttled};
use crate::mail::letters;
use crate::people::ChangeUserError;
use crate::record::Record;

/// The old password and the new one.
#[derive(Debug, Clone)]
pub struct ChangePassword {
    /// The password as it is.
    pub current: Password,
    /// The password of their choice.
    pub new: Password,
}

/// Why the password stays.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ChangePasswordError {
    /// The current password is another one.
    #[error("the current password is wrong")]
    WrongCurrent,
    /// The new password was not taken.
    #[error(transparent)]
    Password(#[from] PasswordRejection),
    /// Too many wrong passwords.
    #[error("too many wrong passwords, locked for a while")]
    Locked {
        /// When the next try counts.
        until: Timestamp,
    },
    /// Too many requests from this network.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// The password that somebody typed to show that it is still them.
pub(crate) enum ConfirmError {
    Wrong,
    Locked { until: Timestamp },
    Failed(Failure),
}

impl Services {
    /// Sets another password and ends every session but a new one for this browser.
    ///
    /// # Errors
    /// [`ChangePasswordError`].
    pub async fn change_password(
        &self,
        actor: &Actor,
        client: &Client,
        command: ChangePassword,
    ) -> Result<SignedIn, ChangePasswordError> {
        let person = actor
            .person_who_may(Action::ChangePassword)
            .map_err(Failure::from)?;
        self.admit(client).await?;
        let user = self.find_user(person.id).await?;
        // Before anything is hashed: a refusal costs nothing.
        let new = command.new.choose(&personal_words(&user))?;
        self.confirm_password(&user, client, command.current)
            .await?;
        let hash = self.hasher.hash(new, &*self.random).await;
        self.end_all_sessions(user.id, RevocationReason::PasswordChanged)
            .await?;
        let decide = |user: &User, now| user.change_password(hash.clone(), now);
        let letter = |before: &User, _: &User| vec![self.password_letter(before)];
        let user = self.change_user_on_record(user, decide, letter).await;
        let user = user.map_err(ChangeUserError::into_failure)?;
        // Once more: somebody may have signed in with the old one meanwhile.
        self.end_all_sessions(user.id, RevocationReason::PasswordChanged)
            .await?;
        let signed_in = self.open_session(user, client).await?;
        self.excuse(client).await?;
        Ok(signed_in)
    }

    /// Checks the password of somebody who is signed in, with the same locks as signing in.
    pub(crate) async fn confirm_password(
        &self,
        user: &User,
        client: &Client,
        typed: Password,
    ) -> Result<(), ConfirmError> {
        let source = TrySource::of(client, &user.email, Some(user));
        let tried = self
            .count_sign_in(&source)
            .await
            .map_err(|error| match error {
                LimitError::Throttled(Throttled { until, .. }) => ConfirmError::Locked { until },
                LimitError::Failure(failure) => ConfirmError::Failed(failure),
            })?;
        if self.hasher.verify(typed, user.password.clone()).await {
            self.forgive_sign_in(&source)
                .await
                .map_err(ConfirmError::Failed)
        } else {
            let failed = self.fail_sign_in(&source, tried).await;
            failed.map_err(ConfirmError::Failed)?;
            Err(ConfirmError::Wrong)
        }
    }

    /// Tells the owner that the password is changed: it may not be them.
    pub(crate) fn password_letter(&self, user: &User) -> Record {
        let version = user.version.to_be_bytes();
        Record::Letter {
            id: MailId::derived(&[b"password", user.id.as_uuid().as_bytes(), &version]),
            to: user.email.clone(),
            letter: letters::password_changed(user.preferences.language, &self.config.site_url),
            send_after: self.now(),
        }
    }

    /// Ends every session of a person. May be repeated.
    pub(crate) async fn end_all_sessions(
        &self,
        user: UserId,
        why: RevocationReason,
    ) -> Result<(), Failure> {
        let how = self.revocation(why);
        self.store.sessions().revoke_all(user, None, how).await?;
        Ok(())
    }
}

/// What others know of a person and should not open their account.
pub(crate) fn personal_words(user: &User) -> Vec<&str> {
    let mut words = vec![user.email.as_str(), user.email.local()];
    let names = [&user.first_name, &user.last_name];
    words.extend(names.into_iter().flatten().map(PersonName::as_str));
    words
}

impl From<ConfirmError> for ChangePasswordError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::Wrong => Self::WrongCurrent,
            ConfirmError::Locked { until } => Self::Locked { until },
            ConfirmError::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl From<LimitError> for ChangePasswordError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::Throttled(throttled) => Self::Throttled(throttled),
            LimitError::Failure(failure) => Self::Failed(failure),
        }
    }
}
