//! An intent that was made before: where to pay to, and what has arrived there.

use domain::deal::Party;
use domain::id::IntentId;
use domain::policy::Action;

use super::PayView;
use crate::Services;
use crate::actor::Actor;
use crate::deals::DealError;
use crate::failure::Failure;

impl Services {
    /// An intent of the caller's, who pays. The gateway is not asked.
    ///
    /// # Errors
    /// [`DealError::NotFound`] also for those of others.
    pub async fn view_intent(&self, actor: &Actor, id: IntentId) -> Result<PayView, DealError> {
        let person = actor.person_who_may(Action::PayDeal);
        let person = person.map_err(Failure::from)?;
        let intent = self.store.intents().find(id).await?;
        let intent = intent.ok_or(DealError::NotFound)?;
        let deal = self.store.deals().find(intent.deal).await?;
        let deal = deal.ok_or(DealError::NotFound)?;
        if deal.party(person.id) != Some(Party::Buyer) {
            return Err(DealError::NotFound);
        }
        Ok(PayView {
            missing: deal.missing(),
            until: deal.paid_until(),
            intent,
        })
    }
}
