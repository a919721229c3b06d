//! One person changed, against whoever else changes them at the same time.

use domain::id::UserId;
use domain::policy::Denied;
use domain::user::UserRejection;
use domain::{Timestamp, User};
use storage::CommitError;

use crate::Services;
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};

/// Why a person was not changed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ChangeUserError {
    /// The rules about people refuse it.
    #[error(transparent)]
    Rejected(#[from] UserRejection),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl ChangeUserError {
    /// For changes that only a closed or suspended account refuses.
    pub(crate) fn into_failure(self) -> Failure {
        match self {
            Self::Failed(failure) => failure,
            Self::Rejected(UserRejection::Deleted) => Failure::Denied(Denied::Deleted),
            Self::Rejected(UserRejection::Suspended) => Failure::Denied(Denied::Suspended),
            Self::Rejected(_) => Failure::Denied(Denied::Forbidden),
        }
    }
}

impl Services {
    /// The account of somebody who is signed in.
    pub(crate) async fn find_user(&self, id: UserId) -> Result<User, Failure> {
        let user = self.store.users().find(id).await?;
        user.ok_or(Failure::Denied(Denied::Deleted))
    }

    /// Decides and commits; decides anew on the newest version when somebody else was faster. A
    /// decision that changes nothing writes nothing.
    pub(crate) async fn change_user(
        &self,
        user: User,
        decide: impl Fn(&User, Timestamp) -> Result<User, UserRejection>,
    ) -> Result<User, ChangeUserError> {
        let mut user = user;
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let changed = decide(&user, self.now())?;
            if changed.version == user.version {
                return Ok(changed);
            }
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
