//! Opening an account without a mailed code: the operator's command line and the demo's seed.

use domain::id::UserId;
use domain::password::{Password, PasswordRejection};
use domain::policy::Action;
use domain::user::{NewUser, PersonName};
use domain::{Email, Language, Roles, User};
use storage::InsertError;

use crate::Services;
use crate::actor::Actor;
use crate::audit::Audited;
use crate::failure::Failure;

/// An account that the operator opens.
#[derive(Debug, Clone)]
pub struct CreateAccount {
    /// The mailbox, taken for proven.
    pub email: Email,
    /// The first password.
    pub password: Password,
    /// First name.
    pub first_name: Option<PersonName>,
    /// Last name.
    pub last_name: Option<PersonName>,
    /// What the person may be; a seller is approved by it.
    pub roles: Roles,
    /// The language of pages and mails.
    pub language: Language,
}

/// Why no account was opened.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CreateAccountError {
    /// The password was not taken.
    #[error(transparent)]
    Password(#[from] PasswordRejection),
    /// There is one with this mailbox.
    #[error("there is an account with this address")]
    AddressTaken,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Opens an account with these roles. There is no default account and no default password:
    /// this is how the first admin comes to be.
    ///
    /// # Errors
    /// [`CreateAccountError`].
    pub async fn create_account(
        &self,
        actor: &Actor,
        command: CreateAccount,
    ) -> Result<User, CreateAccountError> {
        actor.may(Action::CreateAccount).map_err(Failure::from)?;
        let email = command.email;
        let password = command.password.choose(&[email.as_str(), email.local()])?;
        let now = self.now();
        let new = NewUser {
            id: UserId::fresh(now, self.random.bytes()),
            email,
            password: self.hasher.hash(password, &*self.random).await,
            first_name: command.first_name,
            last_name: command.last_name,
            language: command.language,
        };
        let user = User::open(new, now)
            .set_roles(command.roles, now)
            .expect("an account that was just opened is not closed");
        let taken = self.store.users().find_by_email(&user.email).await;
        if taken.map_err(Failure::from)?.is_some() {
            return Err(CreateAccountError::AddressTaken);
        }
        let entry = self.entry_of(&Audited {
            actor: None,
            action: Action::CreateAccount,
            before: None,
            after: &user,
            reason: None,
        });
        self.write_down([entry]).await?;
        match self.store.users().insert(&user).await {
            Ok(()) => Ok(user),
            Err(InsertError::Conflict { .. } | InsertError::Exists { .. }) => {
                Err(CreateAccountError::AddressTaken)
            }
            Err(InsertError::Store(error)) => Err(Failure::Store(error).into()),
        }
    }
}
