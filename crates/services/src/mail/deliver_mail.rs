//! Handing waiting letters to the mail server.

use domain::policy::Action;
use domain::{Span, Timestamp};
use storage::{Limit, OutgoingMail, StoreError};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::ports::{Mail, MailError};

/// After so many failures a letter is given up: about eleven hours.
const ATTEMPTS_MAX: u32 = 10;
const FIRST_PAUSE: Span = Span::minutes(1);
const LONGEST_PAUSE: Span = Span::hours(3);

/// What one round of delivery did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Handed over.
    pub sent: u32,
    /// Not now; they wait for another try.
    pub postponed: u32,
    /// Given up.
    pub given_up: u32,
}

/// What became of one letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Handed over.
    Sent,
    /// Not now; it waits for another try, or is not wanted any more by then.
    Postponed(String),
    /// The server does not take it: another try would end alike.
    Refused,
    /// Tried as often as it may be: somebody has to look after the mail server.
    Failed(String),
}

impl Services {
    /// Sends letters whose turn has come, at most `limit`.
    ///
    /// # Errors
    /// [`Failure`]; letters that were not noted go again.
    pub async fn deliver_mail(&self, actor: &Actor, limit: Limit) -> Result<Delivery, Failure> {
        actor.may(Action::DeliverMail)?;
        let mut delivery = Delivery::default();
        for mail in self.store.mails().list_due(self.now(), limit).await? {
            match self.deliver(&mail).await? {
                Fate::Sent => delivery.sent += 1,
                Fate::Postponed(_) => delivery.postponed += 1,
                Fate::Refused | Fate::Failed(_) => delivery.given_up += 1,
            }
        }
        Ok(delivery)
    }

    /// Sends one letter and notes what became of it. It may go out twice after a crash between the
    /// two; its Message-ID is the same then.
    pub(crate) async fn deliver(&self, mail: &OutgoingMail) -> Result<Fate, StoreError> {
        let mails = self.store.mails();
        let Err(error) = self.mailer.send(&outgoing(mail)).await else {
            let keep = self.config.keep_mail;
            mails.mark_sent(mail.id, self.now(), keep).await?;
            return Ok(Fate::Sent);
        };
        let again = self.next_try(mail, &error);
        let (at, why) = (self.now(), error.to_string());
        mails.mark_failed(mail.id, at, again, &why).await?;
        tracing::warn!(mail = %mail.id, attempts = mail.attempts, %error, "mail failed");
        let is_spent = mail.attempts + 1 >= ATTEMPTS_MAX;
        Ok(match (error, again) {
            (MailError::Refused(_), _) => Fate::Refused,
            (MailError::Unavailable(_), None) if is_spent => Fate::Failed(why),
            (MailError::Unavailable(_), _) => Fate::Postponed(why),
        })
    }

    /// Twice as long after each failure, and not all letters at the same moment.
    fn next_try(&self, mail: &OutgoingMail, error: &MailError) -> Option<Timestamp> {
        let may_help = matches!(error, MailError::Unavailable(_));
        if !may_help || mail.attempts + 1 >= ATTEMPTS_MAX {
            return None;
        }
        let doubled = FIRST_PAUSE.ms().saturating_mul(1 << mail.attempts.min(16));
        let pause = doubled.min(LONGEST_PAUSE.ms());
        let jitter = self
            .random()
            .below(u32::try_from(pause / 4).unwrap_or(u32::MAX).max(1));
        let pause = Span::from_ms(pause).plus(Span::from_ms(i64::from(jitter)));
        Some(self.now().plus(pause)).filter(|again| *again < mail.expires_at)
    }
}

fn outgoing(mail: &OutgoingMail) -> Mail {
    Mail {
        id: mail.id.as_uuid(),
        to: mail.to.clone(),
        subject: mail.subject.clone(),
        text: mail.text.clone(),
        html: mail.html.clone(),
    }
}
