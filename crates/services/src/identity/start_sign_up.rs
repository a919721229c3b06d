//! Asking for an account: a code goes to the mailbox, and nobody learns whether it has one.

use domain::challenge::CODE_LIFE;
use domain::id::{MailId, SignUpId};
use domain::password::{Password, PasswordRejection};
use domain::policy::Action;
use domain::user::PersonName;
use domain::{Email, Language};
use storage::{CommitError, InsertError, SecretHash, SignUp, StoreError};

use crate::Services;
use crate::actor::{Actor, Client};
use crate::failure::Failure;
use crate::identity::limits::LimitError;
use crate::identity::{SignUpTicket, Throttled};
use crate::mail::letters;
use crate::secret::Secret;

/// Who asks for an account.
#[derive(Debug, Clone)]
pub struct StartSignUp {
    /// The mailbox.
    pub email: Email,
    /// The password of their choice.
    pub password: Password,
    /// First name.
    pub first_name: Option<PersonName>,
    /// Last name.
    pub last_name: Option<PersonName>,
    /// Whether they want to sell too.
    pub wants_to_sell: bool,
}

/// Why nobody was asked for a code.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StartSignUpError {
    /// The password was not taken.
    #[error(transparent)]
    Password(#[from] PasswordRejection),
    /// Too many requests from this network, or codes to this address.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// Why no further code was sent.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ResendError {
    /// The attempt is over or was never this browser's: begin again.
    #[error("this sign-up is over, please begin again")]
    NoSignUp,
    /// Too many requests from this network, or codes to this address.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Begins a sign-up and mails a code. For a mailbox that has an account already, the work, the
    /// answer and what is stored are the same; only the mail says otherwise.
    ///
    /// # Errors
    /// [`StartSignUpError`].
    pub async fn start_sign_up(
        &self,
        actor: &Actor,
        client: &Client,
        command: StartSignUp,
    ) -> Result<SignUpTicket, StartSignUpError> {
        actor.may(Action::SignUp).map_err(Failure::from)?;
        let names = [&command.first_name, &command.last_name];
        let mut personal = vec![command.email.as_str(), command.email.local()];
        personal.extend(names.into_iter().flatten().map(PersonName::as_str));
        let password = command.password.clone().choose(&personal)?;
        self.admit(client).await?;
        self.count_sign_up_code(&command.email).await?;

        let now = self.now();
        let ticket = SignUpTicket {
            id: SignUpId::fresh(now, self.random.bytes()),
            secret: Secret::draw(&*self.random),
        };
        let hash = self.hasher.hash(password, &*self.random).await;
        let attempt = SignUp {
            id: ticket.id,
            version: 1,
            browser_hash: ticket.secret.hash(),
            email: command.email.as_str().to_owned(),
            password_hash: hash.as_str().to_owned(),
            first_name: text_of(command.first_name.as_ref()),
            last_name: text_of(command.last_name.as_ref()),
            wants_to_sell: command.wants_to_sell,
            language: client.language.code().to_owned(),
            code_hash: SecretHash::new([0; 32]),
            attempts: 0,
            codes_sent: 0,
            created_at: now,
            expires_at: now,
        };
        let (attempt, code) = self.with_fresh_code(&attempt);
        let inserted = self.store.sign_ups().insert(&attempt).await;
        inserted.map_err(insert_failure)?;
        self.mail_sign_up(&attempt, &command.email, client.language, &code)
            .await?;
        Ok(ticket)
    }

    /// Mails another code; the one before stops counting.
    ///
    /// # Errors
    /// [`ResendError`].
    pub async fn resend_sign_up_code(
        &self,
        actor: &Actor,
        client: &Client,
        ticket: &SignUpTicket,
    ) -> Result<(), ResendError> {
        actor.may(Action::SignUp).map_err(Failure::from)?;
        self.admit(client).await?;
        let known = self.find_sign_up(ticket).await?;
        let known = known.ok_or(ResendError::NoSignUp)?;
        let email = Email::new(&known.email).map_err(|_| ResendError::NoSignUp)?;
        self.count_sign_up_code(&email).await?;
        let (changed, code) = self.with_fresh_code(&known);
        let committed = self.store.sign_ups().commit(&changed, known.version).await;
        committed.map_err(commit_failure)?;
        self.mail_sign_up(&changed, &email, client.language, &code)
            .await?;
        Ok(())
    }

    /// The mailbox that a waiting sign-up sent its code to, for the page that asks for it.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn sign_up_address(&self, ticket: &SignUpTicket) -> Result<Option<String>, Failure> {
        Ok(self.find_sign_up(ticket).await?.map(|known| known.email))
    }

    /// The attempt of a ticket, if it is this browser's and not over.
    pub(crate) async fn find_sign_up(
        &self,
        ticket: &SignUpTicket,
    ) -> Result<Option<SignUp>, Failure> {
        let known = self
            .store
            .sign_ups()
            .find_live(ticket.id, self.now())
            .await?;
        Ok(known.filter(|known| known.browser_hash == ticket.secret.hash()))
    }

    /// The keyed hash by which a sign-up's code is kept.
    pub(crate) fn sign_up_code_hash(&self, id: SignUpId, code: &str) -> SecretHash {
        let key = &self.config.identity.code_key;
        key.hash("sign-up", id.as_uuid().as_bytes(), code)
    }

    async fn count_sign_up_code(&self, email: &Email) -> Result<(), LimitError> {
        let a_day = self.config.identity.codes_a_day;
        self.count_code("sign-up", email, a_day).await
    }

    fn with_fresh_code(&self, known: &SignUp) -> (SignUp, String) {
        let code = self.random.six_digits();
        let changed = SignUp {
            version: known
                .version
                .saturating_add(u64::from(known.codes_sent > 0)),
            code_hash: self.sign_up_code_hash(known.id, &code),
            attempts: 0,
            codes_sent: known.codes_sent.saturating_add(1),
            expires_at: self.now().plus(CODE_LIFE),
            ..known.clone()
        };
        (changed, code)
    }

    async fn mail_sign_up(
        &self,
        attempt: &SignUp,
        email: &Email,
        language: Language,
        code: &str,
    ) -> Result<(), Failure> {
        let is_known = self.store.users().find_by_email(email).await?.is_some();
        // Both are made, so that neither is told apart by the time it takes.
        let fresh = letters::verification_code(language, code);
        let known = letters::already_have_an_account(language, &self.config.site_url);
        let letter = if is_known { known } else { fresh };
        let number = attempt.codes_sent.to_be_bytes();
        let id = MailId::derived(&[b"sign-up", attempt.id.as_uuid().as_bytes(), &number]);
        self.queue_mail(id, email, &letter).await
    }
}

fn text_of(name: Option<&PersonName>) -> String {
    name.map(ToString::to_string).unwrap_or_default()
}

fn insert_failure(error: InsertError) -> Failure {
    match error {
        InsertError::Store(error) => Failure::Store(error),
        InsertError::Exists { .. } | InsertError::Conflict { .. } => Failure::Store(
            StoreError::corrupt("sign-up", "new", "a fresh id was there already"),
        ),
    }
}

/// A lost race means that the same form was sent twice: the other one mailed a code.
fn commit_failure(error: CommitError) -> Failure {
    match error {
        CommitError::Store(error) => Failure::Store(error),
        CommitError::Stale | CommitError::Conflict { .. } => Failure::Contended,
    }
}

impl From<LimitError> for StartSignUpError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::Throttled(throttled) => Self::Throttled(throttled),
            LimitError::Failure(failure) => Self::Failed(failure),
        }
    }
}

impl From<LimitError> for ResendError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::Throttled(throttled) => Self::Throttled(throttled),
            LimitError::Failure(failure) => Self::Failed(failure),
        }
    }
}
