//! Adding a payout address.

use domain::challenge::CODE_LIFE;
use domain::id::{MailId, PayoutAddressId};
use domain::password::Password;
use domain::policy::Action;
use domain::text::Line;
use domain::user::{NewAddress, PayoutAddress, UserRejection};
use domain::{Network, Timestamp, User};
use storage::{CodePurpose, OneTimeCode, SecretHash};

use crate::Services;
use crate::actor::{Actor, Client};
use crate::failure::Failure;
use crate::identity::{ConfirmError, LimitError, Throttled};
use crate::mail::letters;
use crate::payout_addresses::{AddressError, checked_address};
use crate::people::ChangeUserError;

/// Where somebody wants to be paid.
#[derive(Debug, Clone)]
pub struct AddAddress {
    /// The network.
    pub network: Network,
    /// The address as typed or pasted.
    pub address: String,
    /// What the person calls it.
    pub label: Option<Line<40>>,
    /// The password, to show that it is still them.
    pub password: Password,
    /// Whether the person was shown that it looks like another one and wants it all the same.
    pub look_alike_accepted: bool,
}

/// Why the address was not added.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AddAddressError {
    /// No address, mistyped, or nobody's.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// The rules about people refuse it.
    #[error(transparent)]
    Rejected(UserRejection),
    /// The password is another one.
    #[error("the password is wrong")]
    WrongPassword,
    /// Too many wrong passwords.
    #[error("too many wrong passwords, locked for a while")]
    Locked {
        /// When the next try counts.
        until: Timestamp,
    },
    /// Too many codes today.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Adds an address, which counts for nothing yet, and mails the code that confirms it together
    /// with the link that stops it.
    ///
    /// # Errors
    /// [`AddAddressError`].
    pub async fn add_payout_address(
        &self,
        actor: &Actor,
        client: &Client,
        command: AddAddress,
    ) -> Result<PayoutAddress, AddAddressError> {
        let person = actor
            .person_who_may(Action::ManagePayoutAddresses)
            .map_err(Failure::from)?;
        let address = checked_address(command.network, &command.address)?;
        let user = self.find_user(person.id).await?;
        self.confirm_password(&user, client, command.password)
            .await?;
        let id = PayoutAddressId::fresh(self.now(), self.random.bytes());
        let stop = self.stop_ticket(user.id, id).secret.digest();
        let new = NewAddress {
            id,
            network: command.network,
            address,
            label: command.label,
            stop,
            look_alike_accepted: command.look_alike_accepted,
        };
        // Refused, or counted, before anything is added: an address without a code helps nobody.
        user.add_address(new.clone(), self.now())
            .map_err(AddAddressError::Rejected)?;
        self.count_address_code(&user).await?;
        let user = self
            .change_user(user, |user, now| user.add_address(new.clone(), now))
            .await?;
        let added = user.address(id).cloned();
        let added = added.expect("an address that was added is there");
        self.mail_address_code(&user, &added).await?;
        Ok(added)
    }

    /// Counts a code that is about to be mailed.
    pub(crate) async fn count_address_code(&self, user: &User) -> Result<(), LimitError> {
        let a_day = self.config.identity.codes_a_day;
        self.count_code("payout-address", &user.email, a_day).await
    }

    /// Makes a code for an address in place of any before, and mails it; it was counted.
    pub(crate) async fn mail_address_code(
        &self,
        user: &User,
        address: &PayoutAddress,
    ) -> Result<(), Failure> {
        let now = self.now();
        let code = self.random.six_digits();
        let record = OneTimeCode {
            user: user.id,
            purpose: CodePurpose::PayoutAddress,
            version: 1,
            subject: address.id.to_string(),
            code_hash: self.address_code_hash(address.id, &code),
            attempts: 0,
            created_at: now,
            expires_at: now.plus(CODE_LIFE),
        };
        self.store.one_time_codes().replace(&record).await?;
        let stop_url = self.stop_url(&self.stop_ticket(user.id, address.id));
        let language = user.preferences.language;
        let letter =
            letters::address_code(language, address.network, &address.address, &code, stop_url);
        let id = MailId::fresh(now, self.random.bytes());
        self.queue_mail(id, &user.email, &letter).await
    }

    /// The keyed hash by which an address's code is kept.
    pub(crate) fn address_code_hash(&self, id: PayoutAddressId, code: &str) -> SecretHash {
        let key = &self.config.identity.code_key;
        key.hash("payout-address", id.as_uuid().as_bytes(), code)
    }
}

impl From<ChangeUserError> for AddAddressError {
    fn from(error: ChangeUserError) -> Self {
        match error {
            ChangeUserError::Rejected(rejection) => Self::Rejected(rejection),
            ChangeUserError::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl From<ConfirmError> for AddAddressError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::Wrong => Self::WrongPassword,
            ConfirmError::Locked { until } => Self::Locked { until },
            ConfirmError::Failed(failure) => Self::Failed(failure),
        }
    }
}

impl From<LimitError> for AddAddressError {
    fn from(error: LimitError) -> Self {
        match error {
            LimitError::Throttled(throttled) => Self::Throttled(throttled),
            LimitError::Failure(failure) => Self::Failed(failure),
        }
    }
}
