//! Asking for a code to set a new password with.

use domain::challenge::CODE_LIFE;
use domain::id::{MailId, UserId};
use domain::policy::Action;
use domain::{Email, User};
use storage::{CodePurpose, OneTimeCode, SecretHash};

use crate::Services;
use crate::actor::{Actor, Client};
use crate::failure::Failure;
use crate::identity::Throttled;
use crate::identity::limits::LimitError;
use crate::mail::letters;

/// From all networks together a mailbox gets so many times the codes that one network may ask for:
/// strangers can neither flood it nor keep its owner from a reset.
const NETWORKS: u32 = 4;

/// Whose password is forgotten.
#[derive(Debug, Clone)]
pub struct StartReset {
    /// The mailbox.
    pub email: Email,
}

/// Why no code was sent.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StartResetError {
    /// Too many requests from this network, or codes to this address.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Mails a code. A mailbox without an account is told so by mail; the answer, the work and
    /// what is stored are the same.
    ///
    /// # Errors
    /// [`StartResetError`].
    pub async fn start_reset(
        &self,
        actor: &Actor,
        client: &Client,
        command: StartReset,
    ) -> Result<(), StartResetError> {
        actor.may(Action::ResetPassword).map_err(Failure::from)?;
        self.admit(client).await?;
        let email = &command.email;
        let a_day = self.config.identity.codes_a_day;
        let here = format!("reset:{}", client.network());
        self.count_code(&here, email, a_day).await?;
        self.count_code("reset", email, a_day.saturating_mul(NETWORKS))
            .await?;

        let user = self.store.users().find_by_email(email).await;
        let user = user.map_err(Failure::from)?;
        let now = self.now();
        let code = self.random.six_digits();
        let owner = reset_owner(user.as_ref(), email);
        let record = OneTimeCode {
            user: owner,
            purpose: CodePurpose::PasswordReset,
            version: 1,
            subject: email.as_str().to_owned(),
            code_hash: self.reset_code_hash(owner, &code),
            attempts: 0,
            created_at: now,
            expires_at: now.plus(CODE_LIFE),
        };
        let replaced = self.store.one_time_codes().replace(&record).await;
        replaced.map_err(Failure::from)?;

        let language = user
            .as_ref()
            .map_or(client.language, |user| user.preferences.language);
        let known = letters::reset_code(language, &code);
        let unknown = letters::no_account_here(client.language, &self.config.site_url);
        let letter = if user.is_some() { known } else { unknown };
        let id = MailId::fresh(now, self.random.bytes());
        self.queue_mail(id, email, &letter).await?;
        Ok(())
    }

    /// The keyed hash by which a reset's code is kept.
    pub(crate) fn reset_code_hash(&self, owner: UserId, code: &str) -> SecretHash {
        let key = &self.config.identity.code_key;
        key.hash("reset", owner.as_uuid().as_bytes(), code)
    }
}

/// Who a reset's code is kept for. A mailbox without an account has a stand-in, so that its codes
/// are counted, wrong and spent like any other's.
pub(crate) fn reset_owner(user: Option<&User>, email: &Email) -> UserId {
    user.map_or_else(
        || UserId::derived(&[b"nobody", email.as_str().as_bytes()]),
        |user| user.id,
    )
}

impl From<LimitError> for StartResetError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::Throttled(throttled) => Self::Throttled(throttled),
            LimitError::Failure(failure) => Self::Failed(failure),
        }
    }
}
