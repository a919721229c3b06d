//! A person's step in a dispute, by the dispute's own id.

use domain::deal::Command;
use domain::id::{CommandKey, DealId, DisputeId};
use domain::policy::Action;

use crate::Services;
use crate::actor::Actor;
use crate::deals::{ActOnDeal, DealError, Receipt, action_of};
use crate::failure::Failure;

/// A step and the dispute it is for.
#[derive(Debug, Clone)]
pub struct ActOnDispute {
    /// The dispute.
    pub dispute: DisputeId,
    /// The version of its deal that was shown; another one refuses the step.
    pub expected_version: Option<u64>,
    /// Makes sending it twice do it once.
    pub key: Option<CommandKey>,
    /// The step.
    pub step: Command,
}

impl Services {
    /// Takes a step in a dispute. One that was followed by another is over.
    ///
    /// # Errors
    /// [`DealError`]; a dispute of others is not found.
    pub async fn act_on_dispute(
        &self,
        actor: &Actor,
        command: ActOnDispute,
    ) -> Result<Receipt, DealError> {
        let ActOnDispute {
            dispute,
            expected_version,
            key,
            step,
        } = command;
        let deal = self
            .deal_of_dispute(actor, action_of(&step), dispute)
            .await?;
        let act = ActOnDeal {
            deal,
            expected_version,
            key,
            step,
        };
        self.act_in(actor, act, Some(dispute)).await
    }

    /// The deal of a dispute, for something that the caller may do in it. Whether they may know of
    /// it at all, the deal is asked next.
    ///
    /// # Errors
    /// [`DealError`].
    pub async fn deal_of_dispute(
        &self,
        actor: &Actor,
        action: Action,
        id: DisputeId,
    ) -> Result<DealId, DealError> {
        actor.may(action).map_err(Failure::from)?;
        let found = self.store.deals().find_with_dispute(id).await?;
        found.ok_or(DealError::NotFound)
    }
}
