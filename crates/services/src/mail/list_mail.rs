//! The demo's mailbox: every letter, readable by whoever tries the demo.

use domain::id::MailId;
use storage::{KeepBody, OutgoingMail, Page, PageRequest};

use crate::Services;
use crate::failure::Failure;

impl Services {
    /// Letters, newest first, or those to one mailbox. Nothing where letters are forgotten once
    /// they are sent, that is everywhere but in the demo.
    ///
    /// # Errors
    /// [`Failure::Store`].
    pub async fn demo_mailbox(
        &self,
        to: Option<&str>,
        page: PageRequest,
    ) -> Result<Page<OutgoingMail>, Failure> {
        match self.config.keep_mail {
            KeepBody::Yes => Ok(self.store.mails().list(to, page).await?),
            KeepBody::No => Ok(Page {
                items: Vec::new(),
                next: None,
            }),
        }
    }

    /// One letter of the demo's mailbox.
    ///
    /// # Errors
    /// [`Failure::Store`].
    pub async fn demo_letter(&self, id: MailId) -> Result<Option<OutgoingMail>, Failure> {
        match self.config.keep_mail {
            KeepBody::Yes => Ok(self.store.mails().find(id).await?),
            KeepBody::No => Ok(None),
        }
    }
}
