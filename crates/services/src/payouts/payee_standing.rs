//! Whether money may go to a payee's address now: new addresses wait, and a reset of the password
//! stops payouts for a while.

use domain::deal::{Deal, Leg};
use domain::user::PayoutStanding;
use storage::StoreError;

use crate::Services;

impl Services {
    /// Whether the destination of a leg may be paid to at this moment, by its payee's own account.
    /// A leg without a destination, or of an account that is gone, has nobody's address.
    pub(super) async fn payee_standing(
        &self,
        deal: &Deal,
        leg: &Leg,
    ) -> Result<PayoutStanding, StoreError> {
        let Some(destination) = &leg.destination else {
            return Ok(PayoutStanding::NotTheirs);
        };
        let payee = self.store.users().find(deal.person(leg.payee)).await?;
        let network = deal.terms.asset.network();
        let now = self.clock.now();
        Ok(payee.map_or(PayoutStanding::NotTheirs, |payee| {
            payee.payout_standing(network, destination.as_str(), now)
        }))
    }
}
