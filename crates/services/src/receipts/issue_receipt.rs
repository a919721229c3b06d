//! A deal's receipt for one of its parties.

use domain::deal::{Deal, Party};
use domain::id::DealId;
use domain::policy::Action;
use domain::receipt::{Issuer, Receipt};
use storage::StoreError;

use crate::Services;
use crate::actor::Actor;
use crate::deals::DealError;
use crate::failure::Failure;

impl Services {
    /// The receipt of a deal as it stands, for the party who asks: the same until the deal changes.
    /// Nothing is stored, and nothing is signed whose log does not hang together.
    ///
    /// # Errors
    /// [`DealError::NotFound`] for anybody else.
    pub async fn issue_receipt(&self, actor: &Actor, id: DealId) -> Result<Receipt, DealError> {
        let person = actor.person_who_may(Action::ReadReceipt);
        let person = person.map_err(Failure::from)?;
        let deal = self.store.deals().find(id).await?;
        let deal = deal.ok_or(DealError::NotFound)?;
        let holder = deal.party(person.id).ok_or(DealError::NotFound)?;
        if !deal.log_is_unbroken() {
            let cause = "its log does not hang together: no receipt is signed";
            return Err(StoreError::corrupt("deal", id, cause).into());
        }
        Ok(self.receipt_for(&deal, holder))
    }

    /// The receipt of a deal for one of its parties.
    pub(crate) fn receipt_for(&self, deal: &Deal, holder: Party) -> Receipt {
        let issuer = Issuer {
            site: &self.config.site_url,
            key: &self.config.receipts.signing_key,
            salt_key: &self.config.receipts.salt_key.key_for("salts"),
        };
        Receipt::issue(deal, holder, &issuer)
    }
}
