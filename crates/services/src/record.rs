//! What has to be known of a change, written down before the change is made: see
//! `docs/decisions/0012-said-before-it-is-done.md`.

use domain::id::MailId;
use domain::user::UserRejection;
use domain::{Email, Timestamp, User};
use storage::NewAuditEntry;

use crate::Services;
use crate::failure::Failure;
use crate::mail::Letter;
use crate::people::ChangeUserError;

/// One thing to write down. Its id follows from its subject and from the version that its author
/// has seen, so that a repeat writes nothing twice.
#[derive(Debug)]
pub(crate) enum Record {
    /// For the audit log.
    Entry(NewAuditEntry),
    /// For a mailbox.
    Letter {
        id: MailId,
        to: Email,
        letter: Letter,
        send_after: Timestamp,
    },
}

impl Services {
    /// Writes down what is about to be done. May be repeated.
    pub(crate) async fn write_down(
        &self,
        records: impl IntoIterator<Item = Record>,
    ) -> Result<(), Failure> {
        for record in records {
            match record {
                Record::Entry(entry) => {
                    self.store.audit().append(entry).await?;
                }
                Record::Letter {
                    id,
                    to,
                    letter,
                    send_after,
                } => self.queue_mail_for(id, &to, &letter, send_after).await?,
            }
        }
        Ok(())
    }

    /// Changes a person after what has to be known of it is written down. `records` is given the
    /// person before and after; nothing is written when the decision changes nothing.
    pub(crate) async fn change_user_on_record(
        &self,
        user: User,
        decide: impl Fn(&User, Timestamp) -> Result<User, UserRejection>,
        records: impl FnOnce(&User, &User) -> Vec<Record>,
    ) -> Result<User, ChangeUserError> {
        let after = decide(&user, self.now())?;
        if after.version != user.version {
            let records = records(&user, &after);
            self.write_down(records).await?;
        }
        self.change_user(user, decide).await
    }
}
