//! Stopping every payout, and letting them go on: by a person, with a reason for the log.

use domain::Timestamp;
use domain::digest::Digest;
use domain::id::{AuditId, UserId};
use domain::policy::Action;
use domain::text::Line;
use storage::{Added, NewAuditEntry, PayoutStop, StoppedBy, StoreError};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::notifications::Message;
use crate::record::Record;

/// Why the switch was not turned.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SwitchPayoutsError {
    /// Payouts were stopped already.
    #[error("payouts are stopped already")]
    AlreadyStopped,
    /// They go on, or were stopped anew since the page was read.
    #[error("this stop no longer stands")]
    NoSuchStop,
    /// Less is there than is owed: nobody lets payouts go on before it is.
    #[error("less is there than is owed")]
    MoneyMissing,
    /// What can stop any use case.
    #[error(transparent)]
    Failed(#[from] Failure),
}

impl SwitchPayoutsError {
    /// A stable word for clients.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::AlreadyStopped => "PAYOUTS_ALREADY_STOPPED",
            Self::NoSuchStop => "NO_SUCH_STOP",
            Self::MoneyMissing => "MONEY_MISSING",
            Self::Failed(failure) => failure.code(),
        }
    }
}

impl From<StoreError> for SwitchPayoutsError {
    fn from(error: StoreError) -> Self {
        Self::Failed(Failure::Store(error))
    }
}

impl Services {
    /// Stops every payout that has not been handed to the gateway yet.
    ///
    /// # Errors
    /// [`SwitchPayoutsError`].
    pub async fn stop_payouts(
        &self,
        actor: &Actor,
        reason: Line<200>,
    ) -> Result<PayoutStop, SwitchPayoutsError> {
        let admin = actor.person_who_may(Action::SwitchPayouts);
        let admin = admin.map_err(Failure::from)?.id;
        let stop = PayoutStop {
            at: self.now(),
            by: StoppedBy::Admin(admin),
            reason: reason.as_str().to_owned(),
        };
        if self.are_payouts_stopped().await? {
            return Err(SwitchPayoutsError::AlreadyStopped);
        }
        let entry = self.switched(admin, stop.at, Some(&stop), &reason);
        self.write_down([entry]).await?;
        let event = format!("payouts:stopped:{}", stop.at.unix_ms());
        let message = Message::PayoutsStopped {
            reason: reason.as_str().to_owned(),
        };
        self.tell_admins(&event, message).await?;
        match self.store.payout_switch().stop(&stop).await? {
            Added::Now => Ok(stop),
            Added::Before => Err(SwitchPayoutsError::AlreadyStopped),
        }
    }

    /// Lets payouts go on, once it was seen that what is owed is there. Names the stop that the
    /// person has looked at; only a person does this, whoever stopped them.
    ///
    /// # Errors
    /// [`SwitchPayoutsError`].
    pub async fn resume_payouts(
        &self,
        actor: &Actor,
        stopped_at: Timestamp,
        reason: Line<200>,
    ) -> Result<(), SwitchPayoutsError> {
        let admin = actor.person_who_may(Action::SwitchPayouts);
        let admin = admin.map_err(Failure::from)?.id;
        let standing = self.store.payout_switch().find().await?;
        if standing.is_none_or(|stop| stop.at != stopped_at) {
            return Err(SwitchPayoutsError::NoSuchStop);
        }
        if self.reconcile().await?.has_breach() {
            return Err(SwitchPayoutsError::MoneyMissing);
        }
        let entry = self.switched(admin, stopped_at, None, &reason);
        self.write_down([entry]).await?;
        let event = format!("payouts:resumed:{}", stopped_at.unix_ms());
        let message = Message::PayoutsResumed {
            reason: reason.as_str().to_owned(),
        };
        self.tell_admins(&event, message).await?;
        if !self.store.payout_switch().lift(stopped_at).await? {
            return Err(SwitchPayoutsError::NoSuchStop);
        }
        // Jobs that waited need not wait for their turn.
        self.commits.send_replace(());
        Ok(())
    }

    /// Whether nothing may be sent now.
    pub(crate) async fn are_payouts_stopped(&self) -> Result<bool, StoreError> {
        Ok(self.store.payout_switch().find().await?.is_some())
    }

    fn switched(
        &self,
        admin: UserId,
        stopped_at: Timestamp,
        stop: Option<&PayoutStop>,
        reason: &Line<200>,
    ) -> Record {
        let at = stopped_at.unix_ms().to_be_bytes();
        let which: &[u8] = if stop.is_some() { b"stop" } else { b"resume" };
        let by = admin.as_uuid();
        Record::Entry(NewAuditEntry {
            id: AuditId::derived(&[b"payouts", which, &at, by.as_bytes()]),
            at: self.now(),
            actor: Some(admin),
            action: Action::SwitchPayouts.code().to_owned(),
            subject: "payouts".to_owned(),
            before: None,
            after: stop.map(Digest::of_value),
            reason: Some(reason.as_str().to_owned()),
            ip: None,
        })
    }
}
