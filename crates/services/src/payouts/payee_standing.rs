//! Whether money may go to a payee's address now: new addresses wait, and a reset of the password
//! stops payouts for a while.

use domain::Asset;
use domain::deal::{Deal, Destination, Leg};
use domain::id::UserId;
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
        let payee = deal.person(leg.payee);
        self.standing_of(payee, deal.terms.asset, destination).await
    }

    /// Whether somebody may be paid at this address at this moment.
    pub(super) async fn standing_of(
        &self,
        payee: UserId,
        asset: Asset,
        destination: &Destination,
    ) -> Result<PayoutStanding, StoreError> {
        let payee = self.store.users().find(payee).await?;
        let now = self.clock.now();
        Ok(payee.map_or(PayoutStanding::NotTheirs, |payee| {
            payee.payout_standing(asset.network(), destination.as_str(), now)
        }))
    }
}
