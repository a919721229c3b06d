//! One person changed, against whoever else changes them at the same time.

use domain::id::UserId;
use domain::policy::Denied;
use domain::user::UserRejection;
use domain::{Timestamp, User};

use crate::Services;
use crate::failure::Failure;

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

    /// Changes a person in something that nobody needs to be told of: see
    /// [`change_user_on_record`](Self::change_user_on_record).
    pub(crate) async fn change_user(
        &self,
        user: User,
        decide: impl Fn(&User, Timestamp) -> Result<User, UserRejection>,
    ) -> Result<User, ChangeUserError> {
        self.change_user_on_record(user, decide, |_, _| Vec::new())
            .await
    }
}
