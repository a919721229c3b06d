//! Stopping a change of the mailbox by the link in the mail, without signing in.

use core::fmt;
use core::str::FromStr;

use domain::id::UserId;
use domain::policy::Action;
use domain::{Email, User};
use storage::{CodePurpose, RevocationReason};

use crate::Services;
use crate::actor::{Actor, Client};
use crate::failure::Failure;
use crate::identity::ChangeEmailError;
use crate::secret::Secret;

/// Names an account and proves that its mailbox was sent the link. Written as `user.secret`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailStopTicket {
    user: UserId,
    secret: Secret,
}

/// A text that is no [`EmailStopTicket`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this link is not whole")]
pub struct InvalidEmailStopTicket;

impl fmt::Display for EmailStopTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.user, self.secret)
    }
}

impl FromStr for EmailStopTicket {
    type Err = InvalidEmailStopTicket;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (user, secret) = text.split_once('.').ok_or(InvalidEmailStopTicket)?;
        Ok(Self {
            user: user.parse().map_err(|_| InvalidEmailStopTicket)?,
            secret: secret.parse().map_err(|_| InvalidEmailStopTicket)?,
        })
    }
}

impl Services {
    /// The link that stops a change to this mailbox. Its secret follows from the key.
    pub(crate) fn email_stop_url(&self, user: UserId, new: &Email) -> String {
        let ticket = EmailStopTicket {
            user,
            secret: self.email_stop_secret(user, new.as_str()),
        };
        format!(
            "{}/account/email/stop?ticket={ticket}",
            self.config.site_url
        )
    }

    fn email_stop_secret(&self, user: UserId, new: &str) -> Secret {
        let key = &self.config.identity.code_key;
        key.derive("stop-email-change", format!("{user}:{new}").as_bytes())
    }

    /// Stops a change that somebody else asked for: the codes count no more, all sessions end, and
    /// nothing is paid out for a while, since whoever asked knew the password.
    ///
    /// # Errors
    /// [`ChangeEmailError::CodeSpent`] when no change waits, or another one.
    pub async fn stop_email_change(
        &self,
        actor: &Actor,
        client: &Client,
        ticket: &EmailStopTicket,
    ) -> Result<(), ChangeEmailError> {
        actor.may(Action::StopEmailChange).map_err(Failure::from)?;
        self.admit(client).await?;
        let codes = self.store.one_time_codes();
        let waiting = codes
            .find_live(ticket.user, CodePurpose::EmailChange, self.now())
            .await
            .map_err(Failure::from)?;
        let waiting = waiting.ok_or(ChangeEmailError::CodeSpent)?;
        let expected = self.email_stop_secret(ticket.user, &waiting.subject);
        if expected.digest() != ticket.secret.digest() {
            return Err(ChangeEmailError::CodeSpent);
        }
        let user = self.find_user(ticket.user).await?;
        // The sessions first: while they live, whoever asked could ask again.
        self.end_all_sessions(user.id, RevocationReason::EndedElsewhere)
            .await?;
        self.change_user(user, |user: &User, now| user.stop_email_change(now))
            .await?;
        // Last: a repeat after a crash finds the change still waiting, and stops it.
        let was_waiting = codes.use_up(&waiting).await.map_err(Failure::from)?;
        self.end_all_sessions(ticket.user, RevocationReason::EndedElsewhere)
            .await?;
        self.excuse(client).await?;
        if was_waiting {
            Ok(())
        } else {
            // Somebody was faster with the codes: it would be wrong to say that it was stopped.
            Err(ChangeEmailError::CodeSpent)
        }
    }
}
