//! Stopping a payout address by the link in the mail, without signing in.

use domain::User;
use domain::id::MailId;
use domain::policy::Action;
use domain::user::{PayoutAddress, UserRejection};
use storage::RevocationReason;

use crate::Services;
use crate::actor::{Actor, Client};
use crate::failure::Failure;
use crate::identity::{LimitError, Throttled};
use crate::mail::letters;
use crate::payout_addresses::StopTicket;
use crate::payout_addresses::confirm_address::active_mail_id;
use crate::people::ChangeUserError;
use crate::record::Record;

/// Why the address was not stopped.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StopAddressError {
    /// The rules about people refuse it: no such address, or in use already.
    #[error(transparent)]
    Rejected(UserRejection),
    /// Too many requests from this network.
    #[error(transparent)]
    Throttled(#[from] Throttled),
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl Services {
    /// The address that a ticket can stop, for the page that asks whether to.
    ///
    /// # Errors
    /// [`StopAddressError`].
    pub async fn stoppable_address(
        &self,
        actor: &Actor,
        ticket: &StopTicket,
    ) -> Result<PayoutAddress, StopAddressError> {
        let user = self.stopping_user(actor, ticket).await?;
        let stopped = user.stop_address(ticket.address, ticket.secret.digest(), self.now());
        stopped.map_err(StopAddressError::Rejected)?;
        let address = user.address(ticket.address).cloned();
        address.ok_or(StopAddressError::Rejected(UserRejection::NoSuchAddress))
    }

    /// Stops an address that somebody else added: it ends, all sessions end, and nothing is paid
    /// out for a while.
    ///
    /// # Errors
    /// [`StopAddressError`].
    pub async fn stop_payout_address(
        &self,
        actor: &Actor,
        client: &Client,
        ticket: &StopTicket,
    ) -> Result<(), StopAddressError> {
        self.admit(client).await.map_err(|error| match error {
            LimitError::Throttled(throttled) => StopAddressError::Throttled(throttled),
            LimitError::Failure(failure) => StopAddressError::Failed(failure),
        })?;
        let user = self.stopping_user(actor, ticket).await?;
        let digest = ticket.secret.digest();
        let stop = |user: &User, now| user.stop_address(ticket.address, digest, now);
        // Refused before anything ends: the link may be old.
        stop(&user, self.now()).map_err(StopAddressError::Rejected)?;
        let id = user.id;
        self.end_all_sessions(id, RevocationReason::EndedElsewhere)
            .await?;
        self.call_back_mail(active_mail_id(ticket.address)).await?;
        let letter = |before: &User, _: &User| self.stopped(before, ticket).into_iter().collect();
        let stopped = self.change_user_on_record(user, stop, letter).await;
        stopped.map_err(|error| match error {
            ChangeUserError::Rejected(rejection) => StopAddressError::Rejected(rejection),
            ChangeUserError::Failed(failure) => StopAddressError::Failed(failure),
        })?;
        // Once more: somebody may have signed in meanwhile.
        self.end_all_sessions(id, RevocationReason::EndedElsewhere)
            .await?;
        self.excuse(client).await?;
        Ok(())
    }

    fn stopped(&self, user: &User, ticket: &StopTicket) -> Option<Record> {
        let address = user.address(ticket.address)?;
        let (language, site) = (user.preferences.language, &self.config.site_url);
        Some(Record::Letter {
            id: MailId::derived(&[b"address-stopped", address.id.as_uuid().as_bytes()]),
            to: user.email.clone(),
            letter: letters::address_stopped(language, &address.address, site),
            send_after: self.now(),
        })
    }

    async fn stopping_user(
        &self,
        actor: &Actor,
        ticket: &StopTicket,
    ) -> Result<User, StopAddressError> {
        actor
            .may(Action::StopPayoutAddress)
            .map_err(Failure::from)?;
        let user = self.store.users().find(ticket.user).await;
        user.map_err(Failure::from)?
            .ok_or(StopAddressError::Rejected(UserRejection::NoSuchAddress))
    }
}
