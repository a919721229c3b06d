//! Entering the mailed code: the account opens, and the browser is signed in.

use domain::challenge::{SixDigits, Turn, turn};
use domain::id::UserId;
use domain::policy::Action;
use domain::user::{NewUser, PasswordHash, PersonName};
use domain::{Email, Language, User};
use storage::{CommitError, InsertError, SignUp, StoreError};

use crate::Services;
use crate::actor::{Actor, Client};
use crate::config::SellerApproval;
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};
use crate::identity::limits::LimitError;
use crate::identity::{SignUpTicket, SignedIn, Throttled};

/// A code for a waiting sign-up.
#[derive(Debug, Clone)]
pub struct VerifySignUp {
    /// Which sign-up, and that it is this browser's.
    pub ticket: SignUpTicket,
    /// The code from the mail.
    pub code: SixDigits,
}

/// Why no account was opened.
#[derive(Debug, Clone, thiserror::Error)]
pub enum VerifySignUpError {
    /// Another code, please.
    #[error("that code does not match, {left} tries left")]
    WrongCode {
        /// Zero: a new code is needed.
        left: u32,
    },
    /// The code was tried too often.
    #[error("this code was tried too often, ask for a new one")]
    CodeSpent,
    /// The attempt is over or was never this browser's: begin again.
    #[error("this sign-up is over, please begin again")]
    NoSignUp,
    /// The mailbox got an account by another way meanwhile.
    #[error("there is an account with this address, please sign in")]
    AddressTaken,
    /// Too many requests from this network.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Opens the account of a waiting sign-up whose code is right, and signs its browser in.
    ///
    /// # Errors
    /// [`VerifySignUpError`].
    pub async fn verify_sign_up(
        &self,
        actor: &Actor,
        client: &Client,
        command: VerifySignUp,
    ) -> Result<SignedIn, VerifySignUpError> {
        actor.may(Action::SignUp).map_err(Failure::from)?;
        self.admit(client).await?;
        let (attempt, left) = self.count_try(&command.ticket).await?;
        let given = self.sign_up_code_hash(attempt.id, command.code.as_str());
        if given != attempt.code_hash {
            return Err(VerifySignUpError::WrongCode { left });
        }
        let user = self.open_account(&attempt).await?;
        let signed_in = self.open_session(user, client).await?;
        self.store
            .sign_ups()
            .remove(attempt.id)
            .await
            .map_err(Failure::from)?;
        self.excuse(client).await?;
        Ok(signed_in)
    }

    /// Takes one of the code's tries, durably, before the code is looked at.
    async fn count_try(&self, ticket: &SignUpTicket) -> Result<(SignUp, u32), VerifySignUpError> {
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let known = self.find_sign_up(ticket).await?;
            let known = known.ok_or(VerifySignUpError::NoSignUp)?;
            let left = match turn(known.attempts, known.expires_at, self.now()) {
                Turn::Granted { left } => left,
                Turn::Spent => return Err(VerifySignUpError::CodeSpent),
                Turn::Expired => return Err(VerifySignUpError::NoSignUp),
            };
            let tried = SignUp {
                version: known.version.saturating_add(1),
                attempts: known.attempts.saturating_add(1),
                ..known.clone()
            };
            match self.store.sign_ups().commit(&tried, known.version).await {
                Ok(()) => return Ok((tried, left)),
                Err(CommitError::Stale | CommitError::Conflict { .. }) => {}
                Err(CommitError::Store(error)) => return Err(Failure::Store(error).into()),
            }
        }
        Err(Failure::Contended.into())
    }

    /// The id follows from the sign-up, so that a repeated code finds the account it opened.
    async fn open_account(&self, attempt: &SignUp) -> Result<User, VerifySignUpError> {
        let unreadable = || {
            let cause = "a sign-up holds what was validated before";
            Failure::Store(StoreError::corrupt("sign-up", attempt.id, cause))
        };
        let name = |text: &str| PersonName::optional(text).map_err(|_| unreadable());
        let now = self.now();
        let new = NewUser {
            id: UserId::derived(&[b"sign-up", attempt.id.as_uuid().as_bytes()]),
            email: Email::new(&attempt.email).map_err(|_| unreadable())?,
            password: PasswordHash::new(attempt.password_hash.clone()),
            first_name: name(&attempt.first_name)?,
            last_name: name(&attempt.last_name)?,
            language: Language::from_code(&attempt.language).unwrap_or_default(),
        };
        let mut user = User::open(new, now);
        if attempt.wants_to_sell {
            let at_once = self.config.identity.seller_approval == SellerApproval::Auto;
            user = user
                .apply_to_sell(at_once, now)
                .expect("somebody new has not applied before");
        }
        match self.store.users().insert(&user).await {
            Ok(()) => Ok(user),
            Err(InsertError::Exists { .. }) => {
                let opened = self.store.users().find(user.id).await;
                Ok(opened.map_err(Failure::from)?.unwrap_or(user))
            }
            Err(InsertError::Conflict { .. }) => Err(VerifySignUpError::AddressTaken),
            Err(InsertError::Store(error)) => Err(Failure::Store(error).into()),
        }
    }
}

impl From<LimitError> for VerifySignUpError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::Throttled(throttled) => Self::Throttled(throttled),
            LimitError::Failure(failure) => Self::Failed(failure),
        }
    }
}
