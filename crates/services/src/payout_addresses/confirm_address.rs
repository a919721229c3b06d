//! Confirming a payout address by its mailed code.

use domain::challenge::{SixDigits, Turn, turn};
use domain::id::{MailId, PayoutAddressId, UserId};
use domain::policy::Action;
use domain::user::{PayoutAddress, UserRejection};
use domain::{Timestamp, User};
use storage::{CodePurpose, CommitError, OneTimeCode};

use crate::Services;
use crate::actor::Actor;
use crate::failure::{COMMIT_ATTEMPTS_MAX, Failure};
use crate::mail::letters;
use crate::people::ChangeUserError;
use crate::record::Record;

/// The code of an address.
#[derive(Debug, Clone)]
pub struct ConfirmAddress {
    /// Which address.
    pub id: PayoutAddressId,
    /// The code from the mail.
    pub code: SixDigits,
}

/// Why the address was not confirmed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ConfirmAddressError {
    /// Another code, please.
    #[error("that code does not match, {left} tries left")]
    WrongCode {
        /// Zero: a new code is needed.
        left: u32,
    },
    /// Tried too often, too old, used, or for another address.
    #[error("this code no longer counts, ask for a new one")]
    CodeSpent,
    /// The rules about people refuse it.
    #[error(transparent)]
    Rejected(UserRejection),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// Confirms an address; from now on it waits. The owner is mailed the link that stops it once
    /// more, and again when it is in use.
    ///
    /// # Errors
    /// [`ConfirmAddressError`].
    pub async fn confirm_payout_address(
        &self,
        actor: &Actor,
        command: ConfirmAddress,
    ) -> Result<PayoutAddress, ConfirmAddressError> {
        let person = actor
            .person_who_may(Action::ManagePayoutAddresses)
            .map_err(Failure::from)?;
        let user = self.find_user(person.id).await?;
        if user.address(command.id).is_none() {
            return Err(ConfirmAddressError::Rejected(UserRejection::NoSuchAddress));
        }
        let (code, left) = self.count_address_try(person.id, command.id).await?;
        if self.address_code_hash(command.id, command.code.as_str()) != code.code_hash {
            return Err(ConfirmAddressError::WrongCode { left });
        }
        let has_live_deal = self.has_live_deal(person.id).await?;
        let confirm = |user: &User, now| user.confirm_address(command.id, has_live_deal, now);
        let after = confirm(&user, self.now()).map_err(ConfirmAddressError::Rejected)?;
        // Before the code is spent: a repeat has none.
        self.write_down(self.confirmation_letters(&after, command.id))
            .await?;
        let was_free = self.store.one_time_codes().use_up(&code).await;
        if !was_free.map_err(Failure::from)? {
            return Err(ConfirmAddressError::CodeSpent);
        }
        let user = self.change_user(user, confirm).await?;
        let confirmed = user.address(command.id).cloned();
        Ok(confirmed.expect("an address that was confirmed is there"))
    }

    fn confirmation_letters(&self, user: &User, id: PayoutAddressId) -> Vec<Record> {
        let Some(address) = user.address(id) else {
            return Vec::new();
        };
        let now = self.now();
        let active_from = address.active_from.unwrap_or(now);
        let wait_hours = active_from.since(now).ms() / 3_600_000;
        let stop_url = self.stop_url(&self.stop_ticket(user.id, address.id));
        let (language, network) = (user.preferences.language, address.network);
        let text = &address.address;
        let soon = letters::address_confirmed(language, network, text, wait_hours, stop_url);
        let then = letters::address_active(language, network, text, &self.config.site_url);
        let letter = |id, letter, send_after| Record::Letter {
            id,
            to: user.email.clone(),
            letter,
            send_after,
        };
        let confirmed = MailId::derived(&[b"address-confirmed", id.as_uuid().as_bytes()]);
        vec![
            letter(confirmed, soon, now),
            letter(active_mail_id(id), then, active_from),
        ]
    }

    /// Takes one of the code's tries, durably, before the code is looked at.
    async fn count_address_try(
        &self,
        owner: UserId,
        address: PayoutAddressId,
    ) -> Result<(OneTimeCode, u32), ConfirmAddressError> {
        let codes = self.store.one_time_codes();
        for _ in 0..COMMIT_ATTEMPTS_MAX {
            let now: Timestamp = self.now();
            let known = codes
                .find_live(owner, CodePurpose::PayoutAddress, now)
                .await;
            let known = known.map_err(Failure::from)?;
            let known = known
                .filter(|known| known.subject == address.to_string())
                .ok_or(ConfirmAddressError::CodeSpent)?;
            let left = match turn(known.attempts, known.expires_at, now) {
                Turn::Granted { left } => left,
                Turn::Spent | Turn::Expired => return Err(ConfirmAddressError::CodeSpent),
            };
            let tried = OneTimeCode {
                version: known.version.saturating_add(1),
                attempts: known.attempts.saturating_add(1),
                ..known.clone()
            };
            match codes.commit(&tried, known.version).await {
                Ok(()) => return Ok((tried, left)),
                Err(CommitError::Stale | CommitError::Conflict { .. }) => {}
                Err(CommitError::Store(error)) => return Err(Failure::Store(error).into()),
            }
        }
        Err(Failure::Contended.into())
    }
}

/// The letter that says that an address is in use; it is called back when the address ends before.
pub(crate) fn active_mail_id(address: PayoutAddressId) -> MailId {
    MailId::derived(&[b"address-active", address.as_uuid().as_bytes()])
}

impl From<ChangeUserError> for ConfirmAddressError {
    fn from(error: ChangeUserError) -> Self {
        match error {
            ChangeUserError::Rejected(rejection) => Self::Rejected(rejection),
            ChangeUserError::Failed(failure) => Self::Failed(failure),
        }
    }
}
