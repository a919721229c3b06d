//! The gateway's callbacks: they only say where to look.

use domain::id::DeadLetterId;
use storage::{DeadLetter, DeadLetterSource};

use super::ReadAddressError;
use crate::Services;
use crate::ports::gateway::{CallbackRefusal, CallbackRequest, ExternalId, SignedCallback};

/// What a signed callback led to. Each is acknowledged: it must not come again for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallbackOutcome {
    /// The address was read again, and the deal told.
    Read,
    /// It names nothing of ours, or a payment that nothing shows: kept as a dead letter for a person.
    Unmatched,
}

/// Why a callback is not acknowledged.
#[derive(Debug, Clone, thiserror::Error)]
pub enum TakeCallbackError {
    /// Not the gateway's own, or not fresh. Nothing changed.
    #[error(transparent)]
    Refused(#[from] CallbackRefusal),
    /// What it names could not be read now: it may come again.
    #[error(transparent)]
    Later(#[from] ReadAddressError),
}

impl Services {
    /// Takes a callback: verified on its raw bytes, it triggers a reading of the address or of the
    /// payout, and is acknowledged once that is committed. A replay changes nothing.
    ///
    /// # Errors
    /// [`TakeCallbackError`].
    pub async fn take_callback(
        &self,
        callback: &CallbackRequest<'_>,
    ) -> Result<CallbackOutcome, TakeCallbackError> {
        let signed = self.gateway.verify_callback(callback, self.clock.now());
        let signed = signed.inspect_err(|refusal| self.callback_refusals.count(*refusal))?;
        let found = match &signed {
            SignedCallback::Payment { external_id }
            | SignedCallback::Unconfirmed { external_id, .. } => {
                self.read_named_address(external_id).await?
            }
            SignedCallback::Payout { external_id, txid } => {
                self.ask_named_sending(external_id, txid).await?
            }
            SignedCallback::Unreadable => false,
        };
        if found {
            return Ok(CallbackOutcome::Read);
        }
        self.keep_unmatched(callback.body).await?;
        Ok(CallbackOutcome::Unmatched)
    }

    async fn read_named_address(&self, id: &ExternalId) -> Result<bool, ReadAddressError> {
        match id.intent() {
            Some(intent) => Ok(self.read_address(intent).await?.is_some()),
            None => Ok(false),
        }
    }

    async fn ask_named_sending(&self, id: &ExternalId, tx: &str) -> Result<bool, ReadAddressError> {
        if let Some((joint, sending)) = id.joint() {
            return Ok(self.ask_about_joint_sending(joint, sending, tx).await?);
        }
        let Some((deal, leg, sending)) = id.leg() else {
            return Ok(false);
        };
        Ok(self.ask_about_sending(deal, &leg, sending, tx).await?)
    }

    async fn keep_unmatched(&self, body: &[u8]) -> Result<(), ReadAddressError> {
        let now = self.clock.now();
        let letter = DeadLetter {
            id: DeadLetterId::derived(&[b"webhook", body]),
            source: DeadLetterSource::Webhook,
            subject: "gateway callback".to_owned(),
            payload: String::from_utf8_lossy(body).into_owned(),
            error: "signed, yet it names nothing of ours".to_owned(),
            times: 1,
            first_at: now,
            last_at: now,
            settled_at: None,
        };
        Ok(self.store.dead_letters().record(&letter).await?)
    }
}
