//! Setting a new password by the mailed code.

use domain::challenge::{SixDigits, Turn, turn};
use domain::id::UserId;
use domain::password::{Password, PasswordRejection};
use domain::policy::Action;
use domain::{Email, User};
use storage::{CodePurpose, CommitError, OneTimeCode, RevocationReason};

use crate::Services;
use crate::actor::{Actor, Client};
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};
use crate::identity::Throttled;
use crate::identity::change_password::personal_words;
use crate::identity::limits::LimitError;
use crate::identity::start_reset::reset_owner;
use crate::people::ChangeUserError;

/// The mailed code and the new password.
#[derive(Debug, Clone)]
pub struct ResetPassword {
    /// The mailbox that the code was sent to.
    pub email: Email,
    /// The code.
    pub code: SixDigits,
    /// The password of their choice.
    pub new: Password,
}

/// Why the password stays.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ResetPasswordError {
    /// The new password was not taken; the code was not touched.
    #[error(transparent)]
    Password(#[from] PasswordRejection),
    /// Another code, please.
    #[error("that code does not match, {left} tries left")]
    WrongCode {
        /// Zero: a new code is needed.
        left: u32,
    },
    /// Tried too often, too old, used, or never asked for.
    #[error("this code no longer counts, ask for a new one")]
    CodeSpent,
    /// Too many requests from this network.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Sets a new password. All sessions end, payouts are blocked for a while, and the owner is
    /// told.
    ///
    /// # Errors
    /// [`ResetPasswordError`]; none of them tells whether there is an account.
    pub async fn reset_password(
        &self,
        actor: &Actor,
        client: &Client,
        command: ResetPassword,
    ) -> Result<(), ResetPasswordError> {
        actor.may(Action::ResetPassword).map_err(Failure::from)?;
        let email = &command.email;
        // Judged by the address alone: words from the account would tell that there is one.
        let new = command
            .new
            .clone()
            .choose(&[email.as_str(), email.local()])?;
        self.admit(client).await?;
        let user = self.store.users().find_by_email(email).await;
        let user = user.map_err(Failure::from)?;
        let owner = reset_owner(user.as_ref(), email);
        let (code, left) = self.count_reset_try(owner).await?;
        let given = self.reset_code_hash(owner, command.code.as_str());
        // Nobody's code is never right, even if somebody guessed it.
        let Some(user) = user.filter(|_| given == code.code_hash) else {
            return Err(ResetPasswordError::WrongCode { left });
        };
        command.new.choose(&personal_words(&user))?;
        let was_free = self.store.one_time_codes().use_up(&code).await;
        if !was_free.map_err(Failure::from)? {
            return Err(ResetPasswordError::CodeSpent);
        }
        let hash = self.hasher.hash(new, &*self.random).await;
        self.set_password(user, hash).await?;
        self.excuse(client).await?;
        Ok(())
    }

    async fn set_password(
        &self,
        user: User,
        hash: domain::user::PasswordHash,
    ) -> Result<(), Failure> {
        self.end_all_sessions(user.id, RevocationReason::PasswordChanged)
            .await?;
        let decide = |user: &User, now| user.reset_password(hash.clone(), now);
        let letter = |before: &User, _: &User| vec![self.password_letter(before)];
        let user = self.change_user_on_record(user, decide, letter).await;
        let user = user.map_err(ChangeUserError::into_failure)?;
        // Once more: somebody may have signed in with the old one meanwhile.
        self.end_all_sessions(user.id, RevocationReason::PasswordChanged)
            .await
    }

    /// Takes one of the code's tries, durably, before the code is looked at.
    async fn count_reset_try(
        &self,
        owner: UserId,
    ) -> Result<(OneTimeCode, u32), ResetPasswordError> {
        let codes = self.store.one_time_codes();
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let now = self.now();
            let known = codes
                .find_live(owner, CodePurpose::PasswordReset, now)
                .await;
            let known = known.map_err(Failure::from)?;
            let known = known.ok_or(ResetPasswordError::CodeSpent)?;
            let left = match turn(known.attempts, known.expires_at, now) {
                Turn::Granted { left } => left,
                Turn::Spent | Turn::Expired => return Err(ResetPasswordError::CodeSpent),
            };
            let tried = OneTimeCode {
                version: known.version.saturating_add(1),
                attempts: known.attempts.saturating_add(1),
                ..known.clone()
            };
            match codes.commit(&tried, known.version).await {
                Ok(()) => return Ok((tried, left)),
                Err(CommitError::Stale | CommitError::Conflict { .. }) => {}
                Err(CommitError::Store(error)) => return Err(Failure::Store(error).into()),
            }
        }
        Err(Failure::Contended.into())
    }
}

impl From<LimitError> for ResetPasswordError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::Throttled(throttled) => Self::Throttled(throttled),
            LimitError::Failure(failure) => Self::Failed(failure),
        }
    }
}
