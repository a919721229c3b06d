//! What has to be known of a change, written down before the change is made: see
//! `docs/decisions/0012-said-before-it-is-done.md`.

use domain::id::MailId;
use domain::user::UserRejection;
use domain::{Email, Timestamp, User};
use storage::{CommitError, NewAuditEntry};

use crate::Services;
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};
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

    /// Changes a person, and writes down what has to be known of each decision before it is
    /// committed; decides anew on the newest version when somebody else was faster. `records` is
    /// given the person before and after; a decision that changes nothing writes nothing.
    pub(crate) async fn change_user_on_record(
        &self,
        user: User,
        decide: impl Fn(&User, Timestamp) -> Result<User, UserRejection>,
        records: impl Fn(&User, &User) -> Vec<Record>,
    ) -> Result<User, ChangeUserError> {
        let mut user = user;
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let changed = decide(&user, self.now())?;
            if changed.version == user.version {
                return Ok(changed);
            }
            self.write_down(records(&user, &changed)).await?;
            match self.store.users().commit(&changed, user.version).await {
                Ok(()) => return Ok(changed),
                Err(CommitError::Stale) => user = self.find_user(user.id).await?,
                // No decision here changes a mailbox but closing, which makes one from the id.
                Err(CommitError::Conflict { .. }) => return Err(Failure::Contended.into()),
                Err(CommitError::Store(error)) => return Err(Failure::Store(error).into()),
            }
        }
        Err(Failure::Contended.into())
    }
}
