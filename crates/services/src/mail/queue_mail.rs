//! Putting a letter on its way.

use domain::id::MailId;
use domain::{Email, Span, Timestamp};
use storage::{MailState, OutgoingMail};

use crate::Services;
use crate::failure::Failure;
use crate::mail::Letter;

/// What could not be sent for so long is no longer news; sent ones are forgotten with it.
const KEPT: Span = Span::days(7);

impl Services {
    /// Queues a letter, once for each id, and wakes the job that sends it.
    pub(crate) async fn queue_mail(
        &self,
        id: MailId,
        to: &Email,
        letter: &Letter,
    ) -> Result<(), Failure> {
        self.queue_mail_for(id, to, letter, self.now()).await
    }

    /// The same for a letter that goes at `send_after` and not before.
    pub(crate) async fn queue_mail_for(
        &self,
        id: MailId,
        to: &Email,
        letter: &Letter,
        send_after: Timestamp,
    ) -> Result<(), Failure> {
        let now = self.now();
        let mail = OutgoingMail {
            id,
            to: to.as_str().to_owned(),
            subject: letter.subject.clone(),
            text: letter.to_text(),
            html: letter.to_html(),
            state: MailState::Queued,
            attempts: 0,
            send_after,
            created_at: now,
            expires_at: send_after.plus(KEPT),
            last_error: None,
        };
        self.store.mails().queue(&mail).await?;
        self.mail_waits.notify_one();
        Ok(())
    }

    /// Calls a letter back that has not gone; what it says is no longer true.
    pub(crate) async fn call_back_mail(&self, id: MailId) -> Result<(), Failure> {
        let mails = self.store.mails();
        if mails.find(id).await?.is_some() {
            mails
                .mark_failed(id, self.now(), None, "called back")
                .await?;
        }
        Ok(())
    }

    /// Returns when a letter was queued on this node, for the job that sends them. A job also
    /// looks by itself now and then: other nodes queue letters too.
    pub async fn mail_was_queued(&self) {
        self.mail_waits.notified().await;
    }
}
