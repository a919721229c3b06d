//! What an admin sees of what is owed and what is there.

use domain::policy::Action;
use storage::{Limit, PageRequest, PayoutStop, Reconciliation};

use crate::Services;
use crate::actor::Actor;
use crate::failure::Failure;

/// The last comparisons, and the stop that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solvency {
    /// Why nothing is sent; none while payouts go on.
    pub stop: Option<PayoutStop>,
    /// What was found, newest first.
    pub comparisons: Vec<Reconciliation>,
}

impl Services {
    /// What was compared lately, and whether payouts are stopped.
    ///
    /// # Errors
    /// [`Failure`].
    pub async fn view_solvency(&self, actor: &Actor, limit: Limit) -> Result<Solvency, Failure> {
        actor.may(Action::ReadMoney)?;
        let page = PageRequest::first(limit);
        Ok(Solvency {
            stop: self.store.payout_switch().find().await?,
            comparisons: self.store.reconciliations().list(page).await?.items,
        })
    }
}
