//! Handing waiting letters to the mail server.

use domain::policy::Action;
use domain::{Span, Timestamp};
use storage::{Limit, OutgoingMail};

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

impl Delivery {
    /// How many letters the round took up.
    pub const fn total(self) -> u32 {
        self.sent + self.postponed + self.given_up
    }
}

impl Services {
    /// Sends letters whose turn has come, at most `limit`. A letter may go out twice after a crash
    /// between sending and noting it; its Message-ID is the same then.
    ///
    /// # Errors
    /// [`Failure`]; letters that were not noted go again.
    pub async fn deliver_mail(&self, actor: &Actor, limit: Limit) -> Result<Delivery, Failure> {
        actor.may(Action::DeliverMail)?;
        let mut delivery = Delivery::default();
        for mail in self.store.mails().list_due(self.now(), limit).await? {
            match self.mailer.send(&outgoing(&mail)).await {
                Ok(()) => {
                    let keep = self.config.keep_mail;
                    let mails = self.store.mails();
                    mails.mark_sent(mail.id, self.now(), keep).await?;
                    delivery.sent += 1;
                }
                Err(error) => {
                    let again = self.next_try(&mail, &error);
                    let (at, why) = (self.now(), error.to_string());
                    let mails = self.store.mails();
                    mails.mark_failed(mail.id, at, again, &why).await?;
                    match again {
                        Some(_) => delivery.postponed += 1,
                        None => delivery.given_up += 1,
                    }
                    tracing::warn!(mail = %mail.id, attempts = mail.attempts, %error, "mail failed");
                }
            }
        }
        Ok(delivery)
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
