//! Another mailbox for an account: the one before and the new one each get a code, and both codes
//! together make the change.
//!
//! Nobody learns whether the new mailbox has an account: the same is answered and stored, and what
//! is mailed there says it to its owner alone.

use domain::challenge::{CODE_LIFE, SixDigits, Turn, turn};
use domain::id::{MailId, UserId};
use domain::password::Password;
use domain::policy::{Action, Denied};
use domain::user::UserRejection;
use domain::{Email, Timestamp, User};
use storage::{CodePurpose, CommitError, OneTimeCode, RevocationReason, SecretHash};

use crate::Services;
use crate::actor::{Actor, Client};
use crate::audit::Audited;
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};
use crate::identity::change_password::ConfirmError;
use crate::identity::limits::LimitError;
use crate::identity::{SignedIn, Throttled};
use crate::mail::letters;
use crate::people::ChangeUserError;
use crate::record::Record;

/// Which mailbox, and who asks.
#[derive(Debug, Clone)]
pub struct StartEmailChange {
    /// The mailbox that is to be used.
    pub new: Email,
    /// The password as it is.
    pub current: Password,
}

/// The codes that were mailed.
#[derive(Debug, Clone)]
pub struct ConfirmEmailChange {
    /// The one that went to the mailbox as it is.
    pub old_code: SixDigits,
    /// The one that went to the new mailbox.
    pub new_code: SixDigits,
}

/// Why the mailbox stays.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ChangeEmailError {
    /// It is the one that the account has.
    #[error("this is the address that you have")]
    SameEmail,
    /// The current password is another one.
    #[error("the current password is wrong")]
    WrongCurrent,
    /// Too many wrong passwords.
    #[error("too many wrong passwords, locked for a while")]
    Locked {
        /// When the next try counts.
        until: Timestamp,
    },
    /// One of the two codes, or both. Which one is not told.
    #[error("these codes do not match, {left} tries left")]
    WrongCode {
        /// Zero: new codes are needed.
        left: u32,
    },
    /// Tried too often, too old, used, stopped, or never asked for.
    #[error("these codes no longer count, ask for new ones")]
    CodeSpent,
    /// Too many requests from this network, or codes to an address.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Mails a code to each of the two mailboxes; a change that was asked for before is forgotten.
    /// The mailbox as it is gets the link that stops it.
    ///
    /// # Errors
    /// [`ChangeEmailError`].
    pub async fn start_email_change(
        &self,
        actor: &Actor,
        client: &Client,
        command: StartEmailChange,
    ) -> Result<(), ChangeEmailError> {
        let person = actor
            .person_who_may(Action::ChangeEmail)
            .map_err(Failure::from)?;
        self.admit(client).await?;
        let user = self.find_user(person.id).await?;
        let new = command.new;
        if user.email == new {
            return Err(ChangeEmailError::SameEmail);
        }
        self.confirm_password(&user, client, command.current)
            .await?;
        let a_day = self.config.identity.codes_a_day;
        for email in [&user.email, &new] {
            self.count_code("email-change", email, a_day).await?;
        }
        let taken = self.store.users().find_by_email(&new).await;
        let is_taken = taken.map_err(Failure::from)?.is_some();
        self.mail_email_codes(&user, &new, is_taken).await?;
        self.excuse(client).await?;
        Ok(())
    }

    /// The mailbox that waits for its codes, for the page that asks for them.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn waiting_email(&self, actor: &Actor) -> Result<Option<String>, Failure> {
        let person = actor.person_who_may(Action::ChangeEmail)?;
        let codes = self.store.one_time_codes();
        let code = codes
            .find_live(person.id, CodePurpose::EmailChange, self.now())
            .await?;
        Ok(code.map(|code| code.subject))
    }

    /// Uses the new mailbox. Every session ends but a new one for this browser; both mailboxes are
    /// told, and codes that were mailed to the one before count no more.
    ///
    /// # Errors
    /// [`ChangeEmailError`]; a mailbox that somebody else has taken meanwhile is
    /// [`ChangeEmailError::CodeSpent`].
    pub async fn confirm_email_change(
        &self,
        actor: &Actor,
        client: &Client,
        command: ConfirmEmailChange,
    ) -> Result<SignedIn, ChangeEmailError> {
        let person = actor
            .person_who_may(Action::ChangeEmail)
            .map_err(Failure::from)?;
        self.admit(client).await?;
        let user = self.find_user(person.id).await?;
        let (code, left) = self.count_email_try(user.id).await?;
        let new = Email::new(&code.subject).map_err(|_| ChangeEmailError::CodeSpent)?;
        let given = [command.old_code.as_str(), command.new_code.as_str()];
        if self.email_codes_hash(user.id, &new, given) != code.code_hash {
            return Err(ChangeEmailError::WrongCode { left });
        }
        let taken = self.store.users().find_by_email(&new).await;
        if taken.map_err(Failure::from)?.is_some() {
            return Err(ChangeEmailError::CodeSpent);
        }
        let after = user.change_email(new.clone(), self.now());
        let after = after.map_err(refused)?;
        // Before the codes are spent: a repeat has none.
        self.write_down(self.email_records(&user, &after)).await?;
        let was_free = self.store.one_time_codes().use_up(&code).await;
        if !was_free.map_err(Failure::from)? {
            return Err(ChangeEmailError::CodeSpent);
        }
        let user = self.commit_email(user, &new).await?;
        self.spend_other_codes(user.id).await?;
        self.end_all_sessions(user.id, RevocationReason::EndedElsewhere)
            .await?;
        let signed_in = self.open_session(user, client).await?;
        self.excuse(client).await?;
        Ok(signed_in)
    }

    /// Mails both codes and keeps the one hash that only both together give.
    async fn mail_email_codes(
        &self,
        user: &User,
        new: &Email,
        is_taken: bool,
    ) -> Result<(), Failure> {
        let now = self.now();
        let codes = [self.random.six_digits(), self.random.six_digits()];
        let [old_code, new_code] = [&codes[0], &codes[1]].map(String::as_str);
        let record = OneTimeCode {
            user: user.id,
            purpose: CodePurpose::EmailChange,
            version: 1,
            subject: new.as_str().to_owned(),
            code_hash: self.email_codes_hash(user.id, new, [old_code, new_code]),
            attempts: 0,
            created_at: now,
            expires_at: now.plus(CODE_LIFE),
        };
        self.store.one_time_codes().replace(&record).await?;
        let (language, site) = (user.preferences.language, &self.config.site_url);
        let stop_url = self.email_stop_url(user.id, new);
        let old = letters::email_leaves(language, new.as_str(), old_code, stop_url);
        let known = letters::already_have_an_account(language, site);
        let unknown = letters::email_arrives(language, new_code);
        let arriving = if is_taken { known } else { unknown };
        for (to, letter) in [(&user.email, old), (new, arriving)] {
            let id = MailId::fresh(now, self.random.bytes());
            self.queue_mail(id, to, &letter).await?;
        }
        Ok(())
    }

    fn email_codes_hash(&self, user: UserId, new: &Email, codes: [&str; 2]) -> SecretHash {
        let key = &self.config.identity.code_key;
        let salt = format!("{user}:{}", new.as_str());
        key.hash("email-change", salt.as_bytes(), &codes.concat())
    }

    /// What both mailboxes hear, and the entry of the log.
    fn email_records(&self, before: &User, after: &User) -> Vec<Record> {
        let version = before.version.to_be_bytes();
        let (language, site) = (before.preferences.language, &self.config.site_url);
        let letter = |which: &[u8], to: &Email| Record::Letter {
            id: MailId::derived(&[which, before.id.as_uuid().as_bytes(), &version]),
            to: to.clone(),
            letter: letters::email_changed(language, after.email.as_str(), site),
            send_after: self.now(),
        };
        vec![
            self.entry_of(&Audited {
                actor: Some(before.id),
                action: Action::ChangeEmail,
                before: Some(before),
                after,
                reason: None,
            }),
            letter(b"email-left", &before.email),
            letter(b"email-arrived", &after.email),
        ]
    }

    /// Writes the new mailbox; of two accounts that want it, one gets it. Whatever else changed the
    /// account meanwhile may have been its owner stopping this: then it stays as it is.
    async fn commit_email(&self, user: User, new: &Email) -> Result<User, ChangeEmailError> {
        let changed = user
            .change_email(new.clone(), self.now())
            .map_err(refused)?;
        match self.store.users().commit(&changed, user.version).await {
            Ok(()) => Ok(changed),
            Err(CommitError::Stale | CommitError::Conflict { .. }) => {
                Err(ChangeEmailError::CodeSpent)
            }
            Err(CommitError::Store(error)) => Err(Failure::Store(error).into()),
        }
    }

    /// Codes that lie in the mailbox before count no more.
    async fn spend_other_codes(&self, user: UserId) -> Result<(), Failure> {
        let codes = self.store.one_time_codes();
        for purpose in [CodePurpose::PasswordReset, CodePurpose::PayoutAddress] {
            if let Some(code) = codes.find_live(user, purpose, self.now()).await? {
                codes.use_up(&code).await?;
            }
        }
        Ok(())
    }

    /// Takes one of the tries, durably, before the codes are looked at.
    async fn count_email_try(&self, owner: UserId) -> Result<(OneTimeCode, u32), ChangeEmailError> {
        let codes = self.store.one_time_codes();
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let now = self.now();
            let known = codes.find_live(owner, CodePurpose::EmailChange, now).await;
            let known = known.map_err(Failure::from)?;
            let known = known.ok_or(ChangeEmailError::CodeSpent)?;
            let left = match turn(known.attempts, known.expires_at, now) {
                Turn::Granted { left } => left,
                Turn::Spent | Turn::Expired => return Err(ChangeEmailError::CodeSpent),
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

/// Only a closed or suspended account refuses.
fn refused(rejection: UserRejection) -> ChangeEmailError {
    let denied = match rejection {
        UserRejection::Deleted => Denied::Deleted,
        _ => Denied::Suspended,
    };
    ChangeEmailError::Failed(Failure::Denied(denied))
}

impl From<ConfirmError> for ChangeEmailError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::Wrong => Self::WrongCurrent,
            ConfirmError::Locked { until } => Self::Locked { until },
            ConfirmError::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl From<LimitError> for ChangeEmailError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::Throttled(throttled) => Self::Throttled(throttled),
            LimitError::Failure(failure) => Self::Failed(failure),
        }
    }
}

impl From<ChangeUserError> for ChangeEmailError {
    fn from(error: ChangeUserError) -> Self {
        Self::Failed(error.into_failure())
    }
}
